import { formatPrice } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { fieldName } from './field-names.ts';
import { valueName } from './value-names.ts';

/** One thing that a change changed: its name, and what it was and became as text; null where it was not there. */
export interface Difference {
  name: string;
  before: string | null;
  after: string | null;
}

type Values = Record<string, unknown> | null;

/** What was changed, and the currency of its amounts. */
export interface Changed {
  subjectKind: string;
  currency: string | null;
}

/**
 * What is different between two states, by name. What stayed the same is left out, and so is what was only told beside it: of a
 * renaming, the state of the pass.
 */
export function differenceOf(before: Values, after: Values, changed: Changed): Difference[] {
  const names = Object.keys(after ?? before ?? {});
  return names.flatMap((name) => {
    const [was, became] = [before, after].map((values) => textOf(name, values?.[name], changed));
    return was === became
      ? []
      : [{ name: fieldName(name), before: was ?? null, after: became ?? null }];
  });
}

function textOf(name: string, value: unknown, { subjectKind, currency }: Changed): string | null {
  const word = (text: unknown) => valueName(subjectKind, name, String(text));
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? m.audit_yes() : m.audit_no();
  if (typeof value === 'number' && name.endsWith('Minor') && currency) {
    return formatPrice(value, currency);
  }
  if (typeof value === 'string') return instant.test(value) ? momentOf(value) : word(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.map(word).join(', ');
  return JSON.stringify(value);
}

/** As JSON has instants. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** In the reader's own time zone, as the time of the act. */
function momentOf(value: string): string {
  const format = new Intl.DateTimeFormat(getLocale(), { dateStyle: 'medium', timeStyle: 'medium' });
  return format.format(new Date(value));
}
