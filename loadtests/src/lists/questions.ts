import type { createCaller } from '@catraca/api';
import { type FullLists, rareName } from './fill-lists.ts';

type Api = ReturnType<typeof createCaller>;
type PassWish = Omit<Parameters<Api['pass']['search']>[0], 'eventSlug'>;
type OrderWish = Omit<Parameters<Api['order']['search']>[0], 'eventSlug'>;

/** What an organizer asks of a list. */
export interface Question {
  readonly title: string;
  /** @returns rows of the page, which are to be some or none. */
  ask(): Promise<number>;
  readonly finds: 'rows' | 'one' | 'nothing';
}

/** Each filter, each sort, both ends, and what is typed into the search. */
export function questionsOf(api: Api, lists: FullLists): Question[] {
  const { eventSlug } = lists;
  const rows = async (page: Promise<{ rows: readonly unknown[] }>) => (await page).rows.length;
  const question = (
    [list, title]: readonly ['passes' | 'orders' | 'audit log', string],
    ask: () => Promise<number>,
    finds: Question['finds'] = 'rows',
  ): Question => ({ title: `${list}, ${title}`, ask, finds });
  const passes = (title: string, wish: PassWish, finds?: Question['finds']) =>
    question(['passes', title], () => rows(api.pass.search({ eventSlug, ...wish })), finds);
  const orders = (title: string, wish: OrderWish, finds?: Question['finds']) =>
    question(['orders', title], () => rows(api.order.search({ eventSlug, ...wish })), finds);
  const audit = (title: string, text: string, finds?: Question['finds']) =>
    question(['audit log', title], () => rows(api.audit.ofEvent({ eventSlug, text })), finds);
  return [
    passes('first page', {}),
    passes('last page', { leaf: 'last' }),
    passes('oldest first', { sort: 'oldest' }),
    passes('of a type', { typeId: String(lists.typeId) }),
    passes('revoked', { status: 'revoked' }),
    passes('unpaid (there are none)', { status: 'unpaid' }, 'nothing'),
    passes('confirmed', { confirmed: true }),
    passes('not confirmed', { confirmed: false }),
    passes('in the hall', { areaId: String(lists.hallId) }),
    passes('in an empty area', { areaId: String(lists.emptyId) }, 'nothing'),
    passes('a rare name', { text: rareName.slice(0, 6) }, 'one'),
    passes('a common name', { text: 'maria' }),
    passes('two common names', { text: 'maria silva' }),
    passes('two letters', { text: 'ma' }),
    passes('a common piece, in a state', { text: 'mar', status: 'revoked' }),
    passes('an e-mail', { text: lists.email }, 'one'),
    passes('the domain of all e-mails', { text: 'mail.example' }),
    passes('an order', { text: lists.reference }, 'one'),
    passes('a barcode', { text: lists.barcode }, 'one'),
    passes('nobody', { text: 'zzyzx' }, 'nothing'),
    orders('first page', {}),
    orders('last page', { leaf: 'last' }),
    orders('oldest first', { sort: 'oldest' }),
    orders('largest first', { sort: 'largest' }),
    orders('refunded', { state: 'refunded' }),
    orders('pending (there are none)', { state: 'pending' }, 'nothing'),
    orders('a rare name', { text: rareName.slice(0, 6) }, 'one'),
    orders('a common name', { text: 'maria' }),
    orders('an e-mail', { text: lists.email }, 'one'),
    orders('a reference', { text: lists.reference }, 'one'),
    orders('part of a reference', { text: lists.reference.slice(0, 4) }),
    audit('first page', ''),
    audit('an action', 'pass.rename'),
    audit('nothing', 'zzyzx', 'nothing'),
  ];
}
