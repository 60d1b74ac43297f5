import { Histogram } from '../measure/histogram.ts';
import type { Usage } from '../measure/meter.ts';
import type { Columns } from '../report/figures-table.ts';
import { type SaleOutcome, type Step, steps } from './orders.ts';

/** What is told of a run. Times in ms unless the name says µs, memory in MiB. */
export interface SaleFigures {
  /** Orders, or pages where nobody buys. */
  readonly journeysPerSecond: number;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly pageP50: number;
  readonly pageP99: number;
  readonly holdP50: number;
  readonly holdP99: number;
  readonly orderP50: number;
  readonly orderP99: number;
  readonly payP50: number;
  readonly payP99: number;
  readonly ticketsP50: number;
  readonly ticketsP99: number;
  readonly serviceCores: number;
  readonly workerCores: number;
  readonly databaseCores: number;
  readonly generatorCores: number;
  readonly serviceUsPerJourney: number;
  readonly databaseUsPerJourney: number;
  /** Statements the database was sent for each order, those that begin and end transactions included. */
  readonly statementsPerJourney: number;
  readonly commitsPerJourney: number;
  readonly logBytesPerJourney: number;
  readonly serviceMiB: number;
  readonly databaseMiB: number;
  /** Refusals that buyers heard, for each journey that came to its end. */
  readonly refusalsPerJourney: number;
}

export interface Measured {
  readonly outcome: SaleOutcome;
  readonly usage: Usage;
  /** Of `usage.cpu.service` the last is the worker's, where there is one. */
  readonly hasWorker: boolean;
  readonly statements: number;
  readonly commits: number;
  readonly memoryMiB: { readonly service: number; readonly database: number };
}

export function saleFiguresOf(measured: Measured): SaleFigures {
  const { outcome, usage, memoryMiB } = measured;
  const seconds = outcome.windowMs / 1000;
  const { journeys } = outcome;
  const whole = new Histogram(outcome.whole);
  const at = (step: Step, percent: number) =>
    new Histogram(outcome.steps[step]).percentile(percent);
  const worker = measured.hasWorker ? (usage.cpu.service.at(-1) ?? 0) : 0;
  const service = usage.cpu.service.reduce((sum, one) => sum + one, 0) - worker;
  const refusals = Object.values(outcome.refused).reduce((sum, count) => sum + count, 0);
  return {
    journeysPerSecond: journeys / seconds,
    requestsPerSecond: outcome.requests / seconds,
    ...{ p50: whole.percentile(50), p99: whole.percentile(99), max: whole.max },
    ...{ pageP50: at('page', 50), pageP99: at('page', 99) },
    ...{ holdP50: at('hold', 50), holdP99: at('hold', 99) },
    ...{ orderP50: at('order', 50), orderP99: at('order', 99) },
    ...{ payP50: at('pay', 50), payP99: at('pay', 99) },
    ...{ ticketsP50: at('tickets', 50), ticketsP99: at('tickets', 99) },
    serviceCores: service / seconds,
    workerCores: worker / seconds,
    databaseCores: usage.cpu.database / seconds,
    generatorCores: usage.cpu.generator / seconds,
    serviceUsPerJourney: (service / journeys) * 1e6,
    databaseUsPerJourney: (usage.cpu.database / journeys) * 1e6,
    statementsPerJourney: measured.statements / journeys,
    commitsPerJourney: measured.commits / journeys,
    logBytesPerJourney: usage.logBytes / journeys,
    ...{ serviceMiB: memoryMiB.service, databaseMiB: memoryMiB.database },
    refusalsPerJourney: refusals / journeys,
  };
}

/** Of the table that is printed; what has no unit is for each order. */
export const saleColumns: Columns<SaleFigures> = [
  ['per second', 'journeysPerSecond'],
  ['p50 ms', 'p50'],
  ['p99', 'p99'],
  ...steps.map((step) => [`${step} p99`, `${step}P99`] as const),
  ['web cores', 'serviceCores'],
  ['worker', 'workerCores'],
  ['database', 'databaseCores'],
  ['generator', 'generatorCores'],
  ['web µs', 'serviceUsPerJourney'],
  ['database µs', 'databaseUsPerJourney'],
  ['statements', 'statementsPerJourney'],
  ['commits', 'commitsPerJourney'],
  ['refusals', 'refusalsPerJourney'],
  ['web MiB', 'serviceMiB'],
];
