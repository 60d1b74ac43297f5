import { escapeHtml } from './escape-html.ts';
import type { Letter, Link } from './letter.ts';

/**
 * Tables and inline styles, because mail clients know no more. Every colour is set together with its background, so that
 * a client that turns pages dark has a pair to turn; those that ask get a dark page of our own.
 */
const style = {
  body: 'margin:0;padding:0;background:#f7f7f5;color:#16181c;',
  font: "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;",
  sheet: 'width:100%;max-width:560px;background:#ffffff;border-radius:14px;',
  title: 'margin:0;font-size:28px;line-height:1.15;font-weight:800;letter-spacing:-0.02em;',
  soft: 'color:#53565c;',
  text: 'margin:0 0 16px;font-size:16px;line-height:1.5;',
  button:
    'display:inline-block;padding:14px 24px;border-radius:6px;background:#1d4ed8;color:#ffffff;font-size:17px;font-weight:600;text-decoration:none;',
  item: 'padding:16px 0;border-top:1px solid #d9d9d3;font-size:16px;line-height:1.45;',
  link: 'color:#1d4ed8;font-weight:600;',
  small: 'margin:0 0 8px;font-size:14px;line-height:1.5;color:#53565c;',
} as const;

const darkStyle = `@media (prefers-color-scheme: dark) {
  .page { background: #0e1013 !important; color: #f1f2f4 !important; }
  .sheet { background: #16191e !important; color: #f1f2f4 !important; }
  .soft { color: #b1b7c1 !important; }
  .item { border-color: #2b3038 !important; }
  .link { color: #8fb0ff !important; }
  .button { background: #8fb0ff !important; color: #0b1533 !important; }
}`;

export function htmlOf(letter: Letter, subject: string, languageTag: string): string {
  return `<!doctype html>
<html lang="${languageTag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${darkStyle}</style>
</head>
<body class="page" style="${style.body}${style.font}">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="${style.body}${style.font}">
<tr><td align="center" style="padding:24px 12px;">
<table role="presentation" class="sheet" width="560" cellpadding="0" cellspacing="0" style="${style.sheet}">
<tr><td style="padding:32px 28px;">
${contentOf(letter)}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function contentOf(letter: Letter): string {
  const { title, subtitle, paragraphs, action, items, notes, footer } = letter;
  return [
    `<h1 style="${style.title}">${escapeHtml(title)}</h1>`,
    `<p class="soft" style="${style.text}${style.soft}margin-top:6px;">${escapeHtml(subtitle)}</p>`,
    ...paragraphs.map((text) => `<p style="${style.text}">${escapeHtml(text)}</p>`),
    `<p style="margin:24px 0 28px;">${linkOf(action, 'button', style.button)}</p>`,
    ...items.map(itemOf),
    `<div class="item" style="${style.item}">${notes.map(smallOf).join('')}</div>`,
    ...footer.map(smallOf),
  ].join('\n');
}

function itemOf(item: Letter['items'][number]): string {
  const lines = item.lines.map((line) => `<br>${escapeHtml(line)}`).join('');
  const link = linkOf(item.link, 'link', style.link);
  return `<div class="item" style="${style.item}"><strong>${escapeHtml(item.title)}</strong>${lines}<br>${link}</div>`;
}

function linkOf({ label, url }: Link, name: string, css: string): string {
  return `<a class="${name}" href="${escapeHtml(url)}" style="${css}">${escapeHtml(label)}</a>`;
}

function smallOf(text: string): string {
  return `<p class="soft" style="${style.small}">${escapeHtml(text)}</p>`;
}
