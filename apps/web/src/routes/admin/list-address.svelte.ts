import { tick, untrack } from 'svelte';
import { goto } from '$app/navigation';
import { page } from '$app/state';
import type { Leaf, LeafWish, Search } from './search.svelte.ts';

/** What is read of an address. */
export type Address = Pick<URLSearchParams, 'get' | 'has'>;

/** The value if it is one of these, and else none: an address can hold anything. */
export function oneOf<Value extends string>(
  value: string | null,
  values: readonly Value[],
): Value | '' {
  return values.find((one) => one === value) ?? '';
}

/** An id of the database, or none. */
export function idIn(value: string | null): string {
  return value !== null && /^[1-9]\d{0,17}$/.test(value) ? value : '';
}

/** Where a page lies, as an address tells it; `isKey`: it may be of a row. */
export function leafIn(address: Address, isKey: RegExp): Leaf {
  const [after, before] = [address.get('after'), address.get('before')];
  if (after && isKey.test(after)) return { after };
  if (before && isKey.test(before)) return { before };
  return address.has('last') ? 'last' : 'first';
}

/** What an address says of a wish: its page, and the choices that are not those of the beginning. What was typed is not in it. */
function addressOf<Wished extends LeafWish>(wish: Wished, start: Wished): string {
  const { text: _, leaf, ...choices } = wish;
  const usual = new Map(Object.entries(start));
  const said = Object.entries(choices).filter(([name, value]) => value !== usual.get(name));
  const address = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
  if (leaf === 'last') address.set('last', '');
  else if (typeof leaf === 'object') {
    for (const [name, key] of Object.entries(leaf)) address.set(name, key);
  }
  return String(address);
}

/**
 * Keeps a list and its address in step, for the browser's back and forward, for reloads and for links: a new page is a new entry of the
 * history, another wish replaces the last. What was typed is people's names mostly: it goes into the entry, not into its address.
 */
export function keepInAddress<Wished extends LeafWish, Answer>(
  search: Search<Wished, Answer>,
  read: (address: Address) => Wished,
): void {
  const start = read(new URLSearchParams());
  const there = () => {
    const wish = read((page.shallow?.url ?? page.url).searchParams);
    return { ...wish, text: page.state.searched ?? '' };
  };
  let writing = 0;
  const write = async (wish: Wished) => {
    const address = addressOf(wish, start);
    const before = untrack(there);
    const isSame = address === addressOf(before, start) && wish.text === before.text;
    if (isSame) return;
    const leafs = JSON.stringify(wish.leaf) !== JSON.stringify(before.leaf);
    const others = addressOf({ ...before, leaf: 'first' }, start);
    const isPage = leafs && others === addressOf({ ...wish, leaf: 'first' }, start);
    writing += 1;
    const target = `${location.pathname}${address ? `?${address}` : ''}`;
    const options = { shallow: true, state: { searched: wish.text } };
    await goto(target, { ...options, replace: !(isPage && wish.text === before.text) });
    await tick();
    writing -= 1;
  };
  search.onask = (wish) => void write(wish);
  $effect(() => {
    const wish = there();
    if (writing === 0) untrack(() => search.show(wish));
  });
}
