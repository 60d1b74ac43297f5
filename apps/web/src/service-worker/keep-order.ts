/** What a page asks the worker to keep. */
export interface KeepOrder {
  keep: 'ticket' | 'scanner';
  /** Of the page. */
  path: string;
  /** Paths of the files it loaded. */
  files: string[];
}

/** What a page asks for in a message, or undefined when it is something else. */
export function readKeepOrder(data: unknown): KeepOrder | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { keep, path, files } = data as { [Key in keyof KeepOrder]?: unknown };
  if (keep !== 'ticket' && keep !== 'scanner') return undefined;
  if (typeof path !== 'string' || !Array.isArray(files)) return undefined;
  return { keep, path, files: files.filter((file) => typeof file === 'string') };
}
