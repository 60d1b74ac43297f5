/**
 * What may be written of an error: of the one that caused all others, its kind, code, words and place. A failed
 * query's own words hold its parameters, and a database's details hold rows: both may be personal data.
 */
export function loggable(error: unknown): object {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  if (!(root instanceof Error)) return { type: typeof root };
  const { name: type, message, stack } = root;
  return { type, code: 'code' in root ? root.code : undefined, message, stack };
}
