import { formatMoney, money } from '@catraca/domain';
import { getLocale } from '#lib/paraglide/runtime.js';

/** Words kept in the languages of the storefront; `en` is always there. */
export type LocalizedText = { en: string } & Partial<Record<'pt-br' | 'es', string>>;

/** The words in the reader's language, or in English where nobody wrote them. */
export function localized(text: LocalizedText): string {
  return text[getLocale()] ?? text.en;
}

/** `R$ 86,00`: an amount in minor units, as the reader's language writes it. */
export function formatPrice(minor: number, currency: string): string {
  return formatMoney(money(minor, currency), getLocale());
}

/** `14–16 May 2027`: the days an event takes, on the clocks of its place. */
export function formatDays(from: Date, to: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat(getLocale(), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  });
  return format.formatRange(from, to);
}

/** `Friday, 14 May`. */
export function formatDay(at: Date, timeZone: string): string {
  return format(at, { weekday: 'long', day: 'numeric', month: 'long', timeZone });
}

/** `Fri 14`: a day where there is little room and the month is known. */
export function formatShortDay(at: Date, timeZone: string): string {
  return `${format(at, { weekday: 'short', timeZone })} ${format(at, { day: 'numeric', timeZone })}`;
}

/** `9:00 – 21:00`; nothing for a whole day. One that ends after midnight is still that day's: no dates. */
export function formatHours(from: Date, to: Date, timeZone: string): string {
  const options = { hour: 'numeric', minute: '2-digit', timeZone } as const;
  const [opens, closes] = [format(from, options), format(to, options)];
  return opens === closes ? '' : `${opens} – ${closes}`;
}

/** `Sunday, 9 May, 10:00`: when something begins. */
export function formatMoment(at: Date, timeZone: string): string {
  return format(at, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  });
}

function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(getLocale(), options).format(at);
}
