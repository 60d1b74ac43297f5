import { formatPrice } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { fieldName } from './field-names.ts';

/** One thing that a change changed: its name, and what it was and became as text; null where it was not there. */
export interface Difference {
  name: string;
  before: string | null;
  after: string | null;
}

type Values = Record<string, unknown> | null;

/**
 * What is different between two states, by name. What stayed the same is left out, and so is what was only told beside it: of a
 * renaming, the state of the pass. `currency`: that of its amounts.
 */
export function differenceOf(before: Values, after: Values, currency: string | null): Difference[] {
  const names = Object.keys(after ?? before ?? {});
  return names.flatMap((name) => {
    const [was, became] = [before, after].map((values) => textOf(name, values?.[name], currency));
    return was === became
      ? []
      : [{ name: fieldName(name), before: was ?? null, after: became ?? null }];
  });
}

function textOf(name: string, value: unknown, currency: string | null): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? m.audit_yes() : m.audit_no();
  if (typeof value === 'number' && name.endsWith('Minor') && currency) {
    return formatPrice(value, currency);
  }
  if (typeof value === 'string') return instant.test(value) ? momentOf(value) : value;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.join(', ');
  return JSON.stringify(value);
}

/** As JSON has instants. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** In the reader's own time zone, as the time of the act. */
function momentOf(value: string): string {
  const format = new Intl.DateTimeFormat(getLocale(), { dateStyle: 'medium', timeStyle: 'medium' });
  return format.format(new Date(value));
}
