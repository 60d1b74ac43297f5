import { getLocale, isLocale, type Locale } from '#lib/paraglide/runtime.js';
import type { HolderSlot } from './holder-slots.ts';

const storageKey = 'catraca_checkout';

interface DraftRecord {
  name: string;
  email: string;
  locale: Locale;
  holders: Record<string, string>;
  others: string[];
}

/**
 * What the buyer typed. It outlives a reload, a change of language and a hold that ran out, in this tab only:
 * nothing typed is lost, and nothing is left behind when the tab is closed.
 */
export class Draft {
  name = $state('');
  email = $state('');
  locale = $state<Locale>(getLocale());
  /** Names by slot, for the slots that are not the buyer's own. */
  holders = $state<Record<string, string>>({});
  /** Slots that are for somebody else. */
  others = $state<string[]>([]);

  isForBuyer(slot: HolderSlot): boolean {
    return !this.others.includes(slot.key);
  }

  setForBuyer(slot: HolderSlot, isBuyers: boolean): void {
    this.others = this.others.filter((key) => key !== slot.key);
    if (!isBuyers) this.others.push(slot.key);
  }

  /** The name for a pass as the API takes it: empty for the buyer's own. */
  nameOf(slot: HolderSlot): string {
    return this.isForBuyer(slot) ? '' : (this.holders[slot.key] ?? '').trim();
  }

  restore(): void {
    const record = parseRecord(sessionStorage.getItem(storageKey));
    if (record) Object.assign(this, record);
  }

  save(): void {
    const { name, email, locale, holders, others } = this;
    const record: DraftRecord = { name, email, locale, holders, others };
    sessionStorage.setItem(storageKey, JSON.stringify(record));
  }
}

/** What an earlier page of this tab stored; nothing when it is not what this version writes. */
function parseRecord(stored: string | null): DraftRecord | undefined {
  const value: unknown = stored === null ? null : JSON.parse(stored);
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, email, locale, holders, others } = value as Record<keyof DraftRecord, unknown>;
  if (typeof name !== 'string' || typeof email !== 'string' || !isLocale(locale)) return undefined;
  if (typeof holders !== 'object' || holders === null || !Array.isArray(others)) return undefined;
  return { name, email, locale, holders: { ...holders }, others: others.map(String) };
}
