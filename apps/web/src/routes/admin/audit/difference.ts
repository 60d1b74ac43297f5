import { m } from '#lib/paraglide/messages.js';
import { fieldName } from './field-names.ts';

/** One thing that a change changed: its name, and what it was and became as text; null where it was not there. */
export interface Difference {
  name: string;
  before: string | null;
  after: string | null;
}

type Values = Record<string, unknown> | null;

/** What is different between two states, by name. What stayed the same is left out, and so is what was only told beside it: of a renaming, the state of the pass. */
export function differenceOf(before: Values, after: Values): Difference[] {
  const names = Object.keys(after ?? before ?? {});
  return names.flatMap((name) => {
    const [was, became] = [textOf(before, name), textOf(after, name)];
    return was === became ? [] : [{ name: fieldName(name), before: was, after: became }];
  });
}

function textOf(values: Values, name: string): string | null {
  const value = values?.[name];
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? m.audit_yes() : m.audit_no();
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.join(', ');
  return JSON.stringify(value);
}
