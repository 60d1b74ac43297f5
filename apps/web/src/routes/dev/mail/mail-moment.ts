import { getLocale } from '#lib/paraglide/runtime.js';

/** When a mail was sent, as its header says; as it stands there when that is no date. */
export function mailMoment(header: string | null): string {
  const at = new Date(header ?? NaN);
  if (Number.isNaN(at.getTime())) return header ?? '';
  return new Intl.DateTimeFormat(getLocale(), { dateStyle: 'medium', timeStyle: 'medium' }).format(
    at,
  );
}
