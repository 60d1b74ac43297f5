import postgres from 'postgres';

/** `url` with another database's name. */
export function databaseUrl(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/**
 * Makes a database on the server at `url` unless it is there, as a copy of `template` when one is named.
 * @returns its address.
 */
export async function createDatabase(
  url: string,
  name: string,
  template?: string,
): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select from pg_database where datname = ${name}`;
    if (!found) await sql`create database ${sql(name)} template ${sql(template ?? 'template1')}`;
  } finally {
    await sql.end();
  }
  return databaseUrl(url, name);
}

/** Drops a database and ends the connections to it. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`drop database if exists ${sql(name)} with (force)`;
  } finally {
    await sql.end();
  }
}
