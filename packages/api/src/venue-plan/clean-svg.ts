import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { planSideMax, planSideMin, planSideUsual, svgDepthMax, svgElementsMax } from './limits.ts';
import { attributes, elements, references } from './svg-allowlist.ts';

export interface CleanDrawing {
  svg: string;
  /** Plan units. */
  width: number;
  height: number;
}

export type SvgProblem = 'not_svg' | 'no_size' | 'too_much';

/**
 * Reads an SVG strictly and writes from what it read a new one, of allowed elements and attributes alone. Nothing in it runs, and
 * nothing asks another address. What was left out is not a problem; what is no SVG, has no size or has too much in it is.
 */
export function cleanSvg(
  text: string,
): { ok: true; value: CleanDrawing } | { ok: false; problem: SvgProblem } {
  const writer = new CleanWriter();
  const parser = new SaxesParser();
  let broken = false;
  parser.on('error', () => (broken = true));
  parser.on('opentag', (tag) => writer.open(tag));
  parser.on('closetag', () => writer.close());
  parser.on('text', (words) => writer.text(words));
  parser.on('cdata', (words) => writer.text(words));
  parser.write(text.replace(/^\uFEFF/, '')).close();
  if (broken || writer.size === undefined) return { ok: false, problem: 'not_svg' };
  if (writer.size === null) return { ok: false, problem: 'no_size' };
  if (writer.hasTooMuch) return { ok: false, problem: 'too_much' };
  return { ok: true, value: { svg: writer.written, ...writer.size } };
}

class CleanWriter {
  written = '';
  /** Undefined before the root, null when the root has none. */
  size: { width: number; height: number } | null | undefined;
  hasTooMuch = false;
  private count = 0;
  private readonly path: string[] = [];
  /** How deep we are in something that is left out. */
  private leftOut = 0;

  open(tag: SaxesTagPlain): void {
    this.count += 1;
    if (this.count > svgElementsMax || this.path.length >= svgDepthMax) this.hasTooMuch = true;
    const name = withoutPrefix(tag.name);
    const isFirst = this.path.length === 0 && this.leftOut === 0;
    const isAllowed = isFirst ? name === 'svg' && this.size === undefined : elements.has(name);
    if (this.leftOut > 0 || this.hasTooMuch || !isAllowed) {
      this.leftOut += 1;
      return;
    }
    if (isFirst) this.openRoot(tag.attributes);
    else this.written += `<${name}${writeAttributes(tag.attributes)}>`;
    this.path.push(name);
  }

  close(): void {
    if (this.leftOut > 0) {
      this.leftOut -= 1;
      return;
    }
    this.written += `</${this.path.pop() ?? ''}>`;
  }

  text(words: string): void {
    if (this.leftOut > 0 || this.path.length === 0) return;
    const isStyle = this.path.at(-1) === 'style';
    this.written += escape(isStyle ? cleanStyle(words) : words);
  }

  private openRoot(given: Record<string, string>): void {
    const box = viewBoxOf(given);
    this.size = box && sizeOf(box);
    const rest = Object.fromEntries(
      Object.entries(given).filter(([name]) => !['viewBox', 'width', 'height'].includes(name)),
    );
    const names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
    this.written += `<svg ${names} viewBox="${(box ?? []).join(' ')}"${writeAttributes(rest)}>`;
  }
}

type Box = [x: number, y: number, width: number, height: number];

function viewBoxOf(given: Record<string, string>): Box | null {
  const parts = (given['viewBox'] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [x = NaN, y = NaN, width = NaN, height = NaN] =
    parts.length === 4 ? parts : [0, 0, lengthOf(given['width']), lengthOf(given['height'])];
  const isBox = [x, y, width, height].every(Number.isFinite) && width > 0 && height > 0;
  return isBox ? [x, y, width, height] : null;
}

/** `210`, `210px`, `210mm`: only the proportions count, so that the unit does not. */
function lengthOf(text: string | undefined): number {
  const found = /^\s*(\d+(?:\.\d+)?)\s*(?:px|pt|pc|mm|cm|in)?\s*$/.exec(text ?? '');
  return found ? Number(found[1]) : NaN;
}

function sizeOf([, , width, height]: Box): { width: number; height: number } {
  const longer = Math.max(width, height);
  const scale = longer < planSideMin || longer > planSideMax ? planSideUsual / longer : 1;
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

function withoutPrefix(name: string): string {
  return name.startsWith('svg:') ? name.slice(4) : name;
}

function writeAttributes(given: Record<string, string>): string {
  return Object.entries(given)
    .filter(([name, value]) => isAllowed(name, value))
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join('');
}

function isAllowed(name: string, value: string): boolean {
  if (references.has(name)) return isOwnReference(value);
  return attributes.has(name) && isCleanCss(value);
}

/** A part of the same drawing, or a picture inside of it that is no SVG. */
function isOwnReference(value: string): boolean {
  return (
    /^#[^\s]+$/.test(value) || /^data:image\/(?:png|jpeg|webp|gif);base64,[\w+/=\s]*$/.test(value)
  );
}

/**
 * Whether a value or a declaration asks no other address. Escapes could write any word another way, so one that has any is not clean.
 */
function isCleanCss(css: string): boolean {
  if (/\\|@import|@font-face|image-set|src\(|javascript:|expression\(|-moz-binding/i.test(css))
    return false;
  const addresses = css.match(/url\([^)]*\)?/gi) ?? [];
  return addresses.every((address) => /^url\(\s*(['"]?)#[^'")\s]+\1\s*\)$/i.test(address));
}

/** A style sheet is kept whole or not at all. */
function cleanStyle(css: string): string {
  return isCleanCss(css) ? css : '';
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
