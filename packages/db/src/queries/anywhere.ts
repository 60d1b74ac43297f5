/** `text` anywhere, for `like`: its own wildcards are taken as letters. */
export function anywhere(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
