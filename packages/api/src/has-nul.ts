/**
 * Whether there is a NUL character in any text of a value, however deep. PostgreSQL takes none: what has one is refused once, for
 * every field of every call. Values may refer to themselves.
 */
export function hasNul(value: unknown, seen = new Set()): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  // Bytes are no text.
  if (ArrayBuffer.isView(value)) return false;
  seen.add(value);
  const parts = value instanceof Map || value instanceof Set ? [...value] : Object.values(value);
  return parts.some((part) => hasNul(part, seen));
}
