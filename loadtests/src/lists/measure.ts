import type { Question } from './questions.ts';

/** What a question took, in ms. */
export interface Measured {
  readonly title: string;
  readonly median: number;
  readonly slowest: number;
  /** Of the usual design; null where it was not asked. */
  readonly usualMedian: number | null;
  /** How many times ours is faster. */
  readonly ratio: number | null;
}

/** Asks each so often, ours and the usual design in turn. @throws when an answer is not what is there. */
export async function measure(
  questions: readonly Question[],
  usual: ReadonlyMap<string, () => Promise<number>>,
  runs: number,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { title, ask, finds } of questions) {
    const other = usual.get(title);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run++) {
      ours.push(await timed(ask, (rows) => isFound(rows, finds), title));
      if (other) theirs.push(await timed(other, (rows) => isFound(rows, finds), title));
    }
    const [median, usualMedian] = [medianOf(ours), other ? medianOf(theirs) : null];
    const ratio = usualMedian === null ? null : usualMedian / median;
    measured.push({ title, median, slowest: Math.max(...ours), usualMedian, ratio });
  }
  return measured;
}

async function timed(
  ask: () => Promise<number>,
  isRight: (rows: number) => boolean,
  title: string,
): Promise<number> {
  const startedAt = performance.now();
  const rows = await ask();
  const ms = performance.now() - startedAt;
  if (!isRight(rows)) throw new Error(`${title}: ${rows} rows were found`);
  return ms;
}

function isFound(rows: number, finds: Question['finds']): boolean {
  if (finds === 'nothing') return rows === 0;
  return finds === 'one' ? rows === 1 : rows > 0;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
