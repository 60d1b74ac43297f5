import { assert } from '../assert.ts';
import type { Parsed } from '../parsed.ts';

/** ISO 4217, upper case. */
export type Currency = string;

/** An amount in the currency's minor units (cents): a whole number below 2^53. */
export interface Money {
  readonly minor: number;
  readonly currency: Currency;
}

export function money(minor: number, currency: Currency): Money {
  assert(Number.isSafeInteger(minor), `${minor} is not a whole number of minor units`);
  assert(/^[A-Z]{3}$/.test(currency), 'a currency has three capitals');
  return { minor, currency };
}

/** The sum of amounts of one currency; of none, zero. */
export function sumMoney(amounts: Iterable<Money>, currency: Currency): Money {
  let minor = 0;
  for (const amount of amounts) {
    assert(amount.currency === currency, `cannot add ${amount.currency} to ${currency}`);
    minor += amount.minor;
  }
  return money(minor, currency);
}

export function addMoney(a: Money, b: Money): Money {
  return sumMoney([a, b], a.currency);
}

/** So many times the amount: a price and a quantity. */
export function multiplyMoney(amount: Money, quantity: number): Money {
  assert(Number.isInteger(quantity), `${quantity} is not a quantity`);
  return money(amount.minor * quantity, amount.currency);
}

/** Digits after the decimal point of the currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: Currency): number {
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return options.maximumFractionDigits ?? 2;
}

/** For people, as their language writes it: `R$ 80,00`, `€80.00`. */
export function formatMoney(amount: Money, locale: string): string {
  const major = amount.minor / 10 ** minorDigits(amount.currency);
  return new Intl.NumberFormat(locale, { style: 'currency', currency: amount.currency }).format(
    major,
  );
}

/**
 * An amount as a person types it in their language, without the currency: `1.234,50` or `1234,5` in pt-BR.
 * `malformed`: not such a number. `too_precise`: more decimals than the currency has. `too_large`: not below 2^53.
 */
export function parseMoney(
  text: string,
  currency: Currency,
  locale: string,
): Parsed<Money, 'malformed' | 'too_precise' | 'too_large'> {
  const match = amountPattern(locale).exec(text.trim());
  if (match === null) return { ok: false, problem: 'malformed' };
  const [, whole = '', fraction = ''] = match;
  const digits = minorDigits(currency);
  if (fraction.length > digits) return { ok: false, problem: 'too_precise' };
  const minor = Number(whole.replaceAll(/[^0-9]/g, '') + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(minor)
    ? { ok: true, value: money(minor, currency) }
    : { ok: false, problem: 'too_large' };
}

/** Groups are of three or there are none: `80.00` in pt-BR is a slip of the tongue, not eight thousand. */
function amountPattern(locale: string): RegExp {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1_234_567.5);
  const oneOf = (type: string) => `[${parts.find((part) => part.type === type)?.value ?? ''}]`;
  const [group, decimal] = [oneOf('group'), oneOf('decimal')];
  return new RegExp(`^([0-9]+|[0-9]{1,3}(?:${group}[0-9]{3})+)(?:${decimal}([0-9]+))?$`);
}
