import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { K6Result } from './run-k6.ts';

const results = path.resolve(import.meta.dirname, '../../results');

/** One question to the database after a run, and its answer. */
export interface Finding {
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  readonly ok: boolean;
}

/** What came of a run. `figures`: lines for people, beside those of k6. */
export interface Outcome {
  readonly k6: K6Result;
  readonly books: readonly Finding[];
  readonly figures: readonly (readonly [what: string, value: string])[];
}

/** `broken`: an answer or the books were wrong. `slow`: all was right, and a latency was missed. */
export type Judgement = 'sound' | 'slow' | 'broken';

export const exitCodes: Record<Judgement, number> = { sound: 0, broken: 1, slow: 2 };

export function judge({ k6, books }: Outcome): Judgement {
  const missed = k6.thresholds.filter(({ ok }) => !ok);
  if (books.some(({ ok }) => !ok) || missed.some(({ kind }) => kind === 'correctness'))
    return 'broken';
  return missed.length > 0 ? 'slow' : 'sound';
}

/** A finding of two values that must be the same. */
export function equal(what: string, wanted: unknown, found: unknown): Finding {
  const [a, b] = [JSON.stringify(wanted), JSON.stringify(found)];
  return { what, wanted: a, found: b, ok: a === b };
}

/** `03-doors-open`: where its results go, made when missing. */
export function resultFiles(name: string): { html: string; markdown: string } {
  mkdirSync(results, { recursive: true });
  return {
    html: path.join(results, `${name}.html`),
    markdown: path.join(results, `${name}.md`),
  };
}

const words: Record<Judgement, string> = {
  sound: 'SOUND: every answer was right, the books agree, and no latency was missed.',
  slow: 'SLOW: every answer was right and the books agree, but a latency was missed.',
  broken: 'BROKEN: something was wrong, not only slow.',
};

/** The run in Markdown: what a person reads first. */
export function writeReport(name: string, outcome: Outcome): string {
  const { k6, books, figures } = outcome;
  const sign = (ok: boolean) => (ok ? '✓' : '✗');
  const shown = [...figures, ...trends(k6)];
  const text = [
    `# ${name}`,
    words[judge(outcome)],
    table(['figure', 'value'], shown),
    table(
      ['threshold', 'kind', ''],
      k6.thresholds.map((one) => [one.text, one.kind, sign(one.ok)]),
    ),
    table(
      ['the books, read from the database', 'wanted', 'found', ''],
      books.map((one) => [one.what, one.wanted, one.found, sign(one.ok)]),
    ),
  ].join('\n\n');
  writeFileSync(resultFiles(name).markdown, `${text}\n`);
  return text;
}

/** Our own trends, and how often our own counters counted. */
function trends({ metrics }: K6Result): [string, string][] {
  const own = Object.entries(metrics).filter(([name]) => /_ms$|^http_req_duration$/.test(name));
  return own.map(([name, values]) => [
    name.replace(/_ms$/, ''),
    ['med', 'p(95)', 'p(99)', 'max']
      .map((stat) => `${stat} ${(values[stat] ?? Number.NaN).toFixed(1)} ms`)
      .join(', '),
  ]);
}

export function counted({ metrics }: K6Result, name: string): number {
  return metrics[name]?.['count'] ?? 0;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
