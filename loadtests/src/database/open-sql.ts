import postgres from 'postgres';

/** A connection to the benchmark's database (or more), without the time limits of the product: a load takes minutes. */
export function openSql(url: string, connections = 1) {
  return postgres(url, {
    max: connections,
    onnotice: () => {},
    types: { bigint: postgres.BigInt },
  });
}

export type Sql = ReturnType<typeof openSql>;
