import type { SeatMarks, SeatRow } from '@catraca/domain/seat-map';
import { m } from '#lib/paraglide/messages.js';
import { newId, type Item, type SeatDraft } from './seat-draft.svelte.ts';

export type NewKind = 'rows' | 'table' | 'standing' | 'stage' | 'text';

export const noMarks: SeatMarks = { categories: {}, outOfSale: [], accessible: [], companions: [] };

/** `A` to `Z`, then `AA`. */
export function letters(index: number): string {
  const before = index < 26 ? '' : letters(Math.floor(index / 26) - 1);
  return before + String.fromCharCode('A'.charCodeAt(0) + (index % 26));
}

export function newRow(index: number, like?: SeatRow): SeatRow {
  const numbering = like?.numbering ?? { start: 1, scheme: 'left_to_right' as const, step: 1 };
  return {
    ...{ name: letters(index), seats: like?.seats ?? 12, numbering, curve: like?.curve ?? 0 },
    ...{ shift: 0, marks: noMarks },
  };
}

/** A thing with the size and the numbers that most begin with. */
export function newItem(
  draft: SeatDraft,
  kind: NewKind,
  category: string,
  at: { x: number; y: number },
): Item {
  const placed = { id: newId(), x: Math.round(at.x), y: Math.round(at.y), rotation: 0 };
  const name = freeName(draft, kind);
  switch (kind) {
    case 'rows':
      return {
        ...{ ...placed, kind, name, category, seatGap: 10, rowGap: 12 },
        rows: Array.from({ length: 8 }, (_, index) => newRow(index)),
      };
    case 'table':
      return {
        ...placed,
        kind,
        name,
        category,
        shape: 'round',
        seats: 8,
        radius: 18,
        marks: noMarks,
      };
    case 'standing':
      return { ...placed, kind, name, category, width: 200, height: 100, capacity: 300 };
    case 'stage':
      return { ...placed, kind: 'label', shape: 'stage', name, width: 240, height: 50 };
    case 'text':
      return { ...placed, kind: 'label', shape: 'text', name, width: 90, height: 26 };
  }
}

const names: Record<NewKind, (no: string) => string> = {
  rows: (no) => m.seats_new_section({ no }),
  table: (no) => m.seats_new_table({ no }),
  standing: (no) => m.seats_new_standing({ no }),
  stage: () => m.seats_new_stage(),
  text: () => m.seats_new_text(),
};

function freeName(draft: SeatDraft, kind: NewKind): string {
  const taken = new Set(draft.document.items.map(({ name }) => name));
  for (let no = 1; ; no++) {
    const name = names[kind](String(no));
    if (!taken.has(name) || kind === 'stage' || kind === 'text') return name;
  }
}
