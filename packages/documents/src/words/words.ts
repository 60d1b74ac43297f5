import type { EntryPolicy } from '@catraca/domain';
import type { Locale, Seat } from '../ticket.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { ptBr } from './pt-br.ts';

/** Why money went back, as the mail explains it. */
export type RefundReason =
  | 'hold_expired'
  | 'over_limit'
  | 'paid_twice'
  | 'wrong_amount'
  | 'requested'
  /** Of an order whose other tickets stay valid. */
  | 'part';

interface PassWords {
  readonly subject: (event: string) => string;
  readonly intro: (event: string) => string;
  readonly open: string;
}

/** Everything the documents say, in one language. */
export interface Words {
  readonly languageTag: string;
  readonly pdf: {
    readonly title: (event: string) => string;
    readonly holder: string;
    readonly type: string;
    readonly seat: string;
    readonly validOn: string;
    readonly whereToGoIn: string;
    readonly atTheGate: string;
    readonly gateSteps: readonly string[];
    readonly keepPrivate: string;
    readonly keepPrivateWhy: string;
    readonly order: string;
    readonly ticketOf: (no: number, count: number) => string;
    readonly fold: string;
    readonly localTime: string;
  };
  readonly seatText: (seat: Seat) => string;
  readonly policyText: (policy: EntryPolicy) => string;
  readonly mail: {
    readonly greeting: (name: string) => string;
    readonly keepLink: string;
    readonly footer: (event: string) => string;
    readonly orderLine: (reference: string, total: string) => string;
    readonly paid: {
      readonly subject: (event: string) => string;
      readonly intro: (count: number, event: string) => string;
      readonly open: string;
      readonly attached: string;
      readonly ticketLink: string;
      readonly fileName: string;
    };
    readonly invited: {
      readonly subject: (organization: string) => string;
      readonly text: (organization: string) => string;
      readonly open: string;
      readonly note: string;
    };
    readonly reset: {
      readonly subject: string;
      readonly text: string;
      readonly open: string;
      readonly note: string;
    };
    readonly refunded: {
      readonly subject: (event: string) => string;
      readonly why: Readonly<Record<RefundReason, (event: string) => string>>;
      readonly amount: (amount: string) => string;
      readonly when: string;
      readonly open: string;
    };
    /** About one pass, to its holder or to who had it. */
    readonly pass: {
      readonly footer: (event: string) => string;
      readonly sent: PassWords;
      readonly transferred: PassWords;
      readonly asked: PassWords & { readonly until: (time: string) => string };
      readonly reminded: PassWords;
    };
    readonly exchange: {
      readonly subject: (event: string) => string;
      readonly intro: (type: string, event: string) => string;
      readonly due: (amount: string, until: string) => string;
      readonly open: string;
      readonly stays: string;
    };
  };
}

const catalogue: Readonly<Record<Locale, Words>> = { en, 'pt-br': ptBr, es };

export function wordsOf(locale: Locale): Words {
  return catalogue[locale];
}
