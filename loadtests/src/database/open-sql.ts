import postgres from 'postgres';

/** One connection to the benchmark's database, without the time limits of the product: a load takes minutes. */
export function openSql(url: string) {
  return postgres(url, { max: 1, onnotice: () => {}, types: { bigint: postgres.BigInt } });
}

export type Sql = ReturnType<typeof openSql>;
