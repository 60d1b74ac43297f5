import { drawPlan } from '@catraca/db/seed';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanSvg } from './clean-svg.ts';

const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" ${attributes}>${inside}</svg>`;

function cleaned(text: string): string {
  const read = cleanSvg(text);
  return read.ok ? read.value.svg : `problem: ${read.problem}`;
}

const dangers = {
  'a script': '<script>alert(1)</script>',
  'a script in CDATA': '<script><![CDATA[alert(1)]]></script>',
  'a script of another namespace':
    '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
  'an event handler': '<rect onload="alert(1)" ONCLICK="alert(1)" width="1"/>',
  'HTML inside': '<foreignObject><body onload="alert(1)"/></foreignObject>',
  'a link': '<a href="javascript:alert(1)"><text>here</text></a>',
  'a picture from elsewhere': '<image href="https://example.com/alert.png"/>',
  'an SVG inside an address': '<image href="data:image/svg+xml;base64,YWxlcnQ="/>',
  'a use of another file': '<use xlink:href="https://example.com/alert.svg#a"/>',
  'an animation that sets an address': '<set attributeName="href" to="javascript:alert(1)"/>',
  'a style that asks': '<style>@import url("https://example.com/alert.css");</style>',
  'a style with escapes': '<style>rect { fill: u\\72l(https://example.com/alert) }</style>',
  'a style that ends itself': '<style><![CDATA[</style><script>alert(1)</script>]]></style>',
  'a fill from elsewhere': '<rect fill="url(https://example.com/alert.svg#a)"/>',
  'a fill that is not closed': '<rect style="fill: url(https://example.com/alert"/>',
};

test.each(Object.entries(dangers))('%s is cleaned away', (_, danger) => {
  const text = cleaned(
    svg(`${danger}<circle r="4"/>`, 'xmlns:xlink="http://www.w3.org/1999/xlink"'),
  );
  expect(text).toContain('<circle r="4">');
  expect(text).not.toMatch(/<script|on(load|click)=|https:|javascript:|svg\+xml/i);
});

test('what draws stays as it was, and cleaning again changes nothing', () => {
  const once = cleaned(drawPlan());
  expect(once).toContain('prefers-color-scheme: dark');
  expect(once).toContain('class="wall"');
  expect(cleaned(once)).toBe(once);
  const kept = svg(
    '<defs><linearGradient id="a"><stop offset="1" stop-color="#fff"/></linearGradient></defs><rect fill="url(#a)" width="9"/><use href="#a"/>',
  );
  for (const part of ['linearGradient', 'url(#a)', 'href="#a"'])
    expect(cleaned(kept)).toContain(part);
});

test('what is no SVG is refused, and so is one without a size or with too much in it', () => {
  expect(cleaned('<html><body/></html>')).toBe('problem: not_svg');
  expect(cleaned('<svg><rect></svg>')).toBe('problem: not_svg');
  expect(cleaned('')).toBe('problem: not_svg');
  expect(cleaned('<svg xmlns="http://www.w3.org/2000/svg"/>')).toBe('problem: no_size');
  expect(cleaned(svg('<g>'.repeat(80) + '</g>'.repeat(80)))).toBe('problem: too_much');
  expect(cleaned(svg('<rect/>'.repeat(50_001)))).toBe('problem: too_much');
  const laughs = `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${svg('<text>&b;</text>')}`;
  expect(cleaned(laughs)).toBe('problem: not_svg');
});

test('a size in millimetres is as good as a box, and a tiny one is scaled', () => {
  const read = cleanSvg('<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="105mm"/>');
  expect(read).toMatchObject({ ok: true, value: { width: 1600, height: 800 } });
});

test('whatever text comes, what is written is clean and can be read', () => {
  const anyText = fc.oneof(
    fc.string(),
    fc.string().map((inside) => svg(inside)),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      const read = cleanSvg(text);
      if (read.ok) expect(cleaned(read.value.svg)).toBe(read.value.svg);
    }),
  );
});
