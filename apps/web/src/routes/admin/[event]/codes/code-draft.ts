import type { RouterOutputs } from '@catraca/api';
import { parseMoney } from '@catraca/domain';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { momentText, readMoment } from '../types/grid.ts';
import { amountText, type SetUp } from '../types/type-draft.ts';

export type Code = RouterOutputs['voucher']['list'][number];

/** A code's form as it is typed. */
export interface CodeDraft {
  id: string | null;
  version: number;
  code: string;
  kind: Code['kind'];
  value: string;
  isForAll: boolean;
  typeIds: string[];
  units: string;
  startsAt: string;
  endsAt: string;
  note: string;
  off: boolean;
}

export function newCodeDraft(): CodeDraft {
  return {
    ...{ id: null, version: 1, code: '', kind: 'percent', value: '', isForAll: true, typeIds: [] },
    ...{ units: '', startsAt: '', endsAt: '', note: '', off: false },
  };
}

export function codeDraft(code: Code, { timeZone, currency }: SetUp): CodeDraft {
  const isMoney = code.kind === 'amount' || code.kind === 'price';
  return {
    ...{ id: code.id, version: code.version, code: code.code, kind: code.kind },
    value: isMoney ? amountText(code.value, currency) : String(code.value),
    ...{ isForAll: code.typeIds === null, typeIds: code.typeIds ?? [] },
    units: code.unitsMax === null ? '' : String(code.unitsMax),
    startsAt: code.startsAt ? momentText(code.startsAt, timeZone) : '',
    endsAt: code.endsAt ? momentText(code.endsAt, timeZone) : '',
    ...{ note: code.note, off: code.state === 'off' },
  };
}

/** The code as the API takes it, with what is wrong beside it. */
export function readCode(draft: CodeDraft, { timeZone, currency }: SetUp) {
  const errors: Record<string, string> = {};
  if (!/^[a-z0-9][a-z0-9-]{1,31}$/i.test(draft.code.trim())) errors['code'] = m.setup_code_wrong();
  const value = readValue(draft, currency, errors);
  const units = draft.units.trim() === '' ? null : Number(draft.units);
  if (units !== null && !(Number.isInteger(units) && units >= 1 && units <= 1_000_000)) {
    errors['units'] = m.admin_room_number_wrong({ min: 1, max: 1_000_000 });
  }
  if (!draft.isForAll && draft.typeIds.length === 0) errors['types'] = m.setup_code_types_missing();
  const moment = (text: string) => (text === '' ? null : (readMoment(text, timeZone) ?? null));
  const [startsAt, endsAt] = [moment(draft.startsAt), moment(draft.endsAt)];
  if (startsAt && endsAt && startsAt >= endsAt) errors['endsAt'] = m.setup_code_ends_early();
  const values = {
    ...{ code: draft.code.trim(), kind: draft.kind, value, unitsMax: units, startsAt, endsAt },
    typeIds: draft.isForAll ? null : [...draft.typeIds],
    note: draft.note,
    state: draft.off ? ('off' as const) : ('active' as const),
  };
  return { errors, values };
}

function readValue(draft: CodeDraft, currency: string, errors: Record<string, string>): number {
  if (draft.kind === 'access') return 0;
  if (draft.kind === 'percent') {
    const percent = Number(draft.value);
    if (Number.isInteger(percent) && percent >= 1 && percent <= 100) return percent;
    errors['value'] = m.setup_code_percent_wrong();
    return 0;
  }
  const read = parseMoney(draft.value, currency, getLocale());
  if (read.ok) return read.value.minor;
  errors['value'] = m.setup_price_wrong({ example: amountText(1250, currency) });
  return 0;
}
