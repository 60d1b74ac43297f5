/** A text of our own as one word of nginx's configuration. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
