import type { Letter, Link } from './letter.ts';

/** The mail for clients that show no HTML, and for people who prefer that. */
export function textOf(letter: Letter): string {
  const link = ({ label, url }: Link) => `${label}:\n${url}`;
  const items = letter.items.map((item) => [item.title, ...item.lines, link(item.link)].join('\n'));
  return [
    [letter.title, letter.subtitle].join('\n'),
    ...letter.paragraphs,
    link(letter.action),
    ...items,
    ...letter.notes,
    ['--', ...letter.footer].join('\n'),
  ].join('\n\n');
}
