import path from 'node:path';
import { defaultBenchFolder } from './database/loaded-folder.ts';

/** For `parseArgs`: what both benchmarks can be told. */
export const commonArgs = {
  passes: { type: 'string' },
  runs: { type: 'string', default: '3' },
  seconds: { type: 'string', default: '10' },
  warmup: { type: 'string', default: '4' },
  json: { type: 'string' },
  data: { type: 'string', default: defaultBenchFolder },
  help: { type: 'boolean', default: false },
} as const;

export interface CommonOptions {
  readonly runs: number;
  /** Seconds a run measures, after so many of warm-up. */
  readonly seconds: number;
  readonly warmup: number;
  /** Where the result goes as JSON. */
  readonly json: string | undefined;
  /** Where loaded databases are kept. */
  readonly data: string;
}

type Given = { [Name in 'runs' | 'seconds' | 'warmup' | 'data']: string } & {
  json?: string | undefined;
};

/** @throws in words for people. */
export function commonOptions({ runs, seconds, warmup, json, data }: Given): CommonOptions {
  return {
    runs: count('runs', runs),
    seconds: count('seconds', seconds),
    warmup: count('warmup', warmup),
    json: json && path.resolve(json),
    data: path.resolve(data),
  };
}

/** A whole number over 0, which may be written `10_000_000`. @throws in words for people. */
export function count(name: string, text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} ${text}: not a whole number over 0`);
}
