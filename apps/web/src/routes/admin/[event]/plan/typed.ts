import type { PlanDraft } from './plan-draft.svelte.ts';

/** A text that is typed into the draft when the field is left. One that cannot be used stays, with what is wrong, and holds up saving. */
export function typed<Value>(
  draft: PlanDraft,
  key: string,
  text: string,
  parse: (text: string) => Value | undefined,
  use: (value: Value) => void,
): void {
  const value = parse(text);
  if (value === undefined) {
    draft.flaws.add(key);
    return;
  }
  draft.flaws.delete(key);
  use(value);
}

export function parseName(text: string): string | undefined {
  const name = text.trim();
  return name.length >= 1 && name.length <= 60 ? name : undefined;
}

/** Null is without limit. */
export function parseCapacity(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^\d{1,7}$/.test(trimmed) && Number(trimmed) <= 1_000_000 ? Number(trimmed) : undefined;
}

export function parsePlace(text: string): number | undefined {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) && Math.abs(value) <= 10_000
    ? value
    : undefined;
}

export function parseCorners(text: string): [number, number][] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const corners = lines.map((line) =>
    line
      .split(/[,;\s]+/)
      .filter(Boolean)
      .map(Number),
  );
  const good = corners.flatMap(([x, y, ...rest]): [number, number][] =>
    x !== undefined && y !== undefined && rest.length === 0 && [x, y].every(isPlace)
      ? [[x, y]]
      : [],
  );
  return good.length === lines.length && good.length >= 3 && good.length <= 300 ? good : undefined;
}

const isPlace = (value: number) => Number.isFinite(value) && Math.abs(value) <= 10_000;
