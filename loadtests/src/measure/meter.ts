import type { Sql } from '../database/open-sql.ts';
import { cpuSeconds } from './processes.ts';

/** Who takes part in a measurement, by process id. */
export interface Parties {
  readonly service: readonly number[];
  readonly database: number;
  readonly generator: number;
  /** Undefined when no walls watch. */
  readonly watchers?: number | undefined;
}

/** Seconds of CPU of each party; of the service, of each process. */
export interface CpuSeconds {
  readonly service: readonly number[];
  readonly database: number;
  readonly generator: number;
  readonly watchers: number;
}

/** What was used between two readings. */
export interface Usage {
  readonly cpu: CpuSeconds;
  /** Bytes that the database wrote to its log. */
  readonly logBytes: number;
}

/** Reads the meters now. @returns what reads them again, and says what was used in between. */
export async function startMeter(sql: Sql, parties: Parties): Promise<() => Promise<Usage>> {
  const logFrom = await logPosition(sql);
  const from = readCpu(parties);
  return async () => {
    const to = readCpu(parties);
    return {
      cpu: {
        service: to.service.map((seconds, index) => seconds - (from.service[index] ?? 0)),
        database: to.database - from.database,
        generator: to.generator - from.generator,
        watchers: to.watchers - from.watchers,
      },
      logBytes: (await logPosition(sql)) - logFrom,
    };
  };
}

function readCpu({ service, database, generator, watchers }: Parties): CpuSeconds {
  return {
    service: service.map(cpuSeconds),
    database: cpuSeconds(database),
    generator: cpuSeconds(generator),
    watchers: watchers === undefined ? 0 : cpuSeconds(watchers),
  };
}

async function logPosition(sql: Sql): Promise<number> {
  const [row] = await sql<{ at: number }[]>`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as at`;
  return row?.at ?? Number.NaN;
}
