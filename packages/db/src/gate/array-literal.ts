/**
 * A PostgreSQL array as text: one parameter for a column of a batch, whatever its length, so that the statement is
 * prepared once. A quoted string is read as the array's type wants it; bytes go as `bytea`'s hexadecimal.
 */
export function arrayLiteral(
  values: readonly (bigint | number | string | Uint8Array | null)[],
): string {
  return `{${values.map(elementOf).join(',')}}`;
}

function elementOf(value: bigint | number | string | Uint8Array | null): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`;
  if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value).toString('hex')}"`;
  return String(value);
}
