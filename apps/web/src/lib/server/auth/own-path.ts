/** A path of this site to go back to after signing in, or null for anything that could lead elsewhere. */
export function ownPath(text: string | null): string | null {
  // Browsers read a backslash as a slash, and drop tabs and line ends.
  if (!text?.startsWith('/') || /^\/[/\\]|[\\\s]/.test(text)) return null;
  return text;
}
