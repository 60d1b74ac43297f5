import { z } from 'zod';

const settingsSchema = z.object({
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be the postgres:// address of this site’s database',
  }),
  CATRACA_SECRET: z
    .string('is missing: 32 bytes in hexadecimal, the same as that of the web app')
    .regex(/^[0-9a-f]{64}$/, 'must be 32 bytes in hexadecimal, the same as that of the web app'),
  /** Pages of this address may open sockets, beside those that are served from realtime's own host. */
  WEB_ORIGIN: z
    .url({ protocol: /^https?$/, error: 'must be the http(s):// address of the web app' })
    .transform((address) => new URL(address).origin)
    .optional(),
  /** Carries the news between many nodes; without it LISTEN and NOTIFY do. */
  NATS_URL: z
    .url({ protocol: /^(nats|tls)$/, error: 'must be the nats:// or tls:// address of a server' })
    .optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  REALTIME_PORT: z.coerce
    .number('must be a port')
    .int('must be a port')
    .min(0, 'must be a port')
    .max(65_535, 'must be a port')
    .default(3001),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

export interface Settings {
  readonly databaseUrl: string;
  /** Signs what opens the live feed. Not for logs. */
  readonly secret: string;
  readonly webOrigin: string | undefined;
  /** Undefined: the database carries the news too. May hold a password. */
  readonly natsUrl: string | undefined;
  readonly host: string;
  /** 0 is any free one. */
  readonly port: number;
  readonly logLevel: string;
}

/** Everything that realtime reads from its environment. @throws with a line for each setting that is wrong. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = settingsSchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
    throw new Error(`realtime cannot start:\n${lines.join('\n')}`);
  }
  const { DATABASE_URL, CATRACA_SECRET, WEB_ORIGIN, NATS_URL, HOST, REALTIME_PORT, LOG_LEVEL } =
    parsed.data;
  return {
    databaseUrl: DATABASE_URL,
    secret: CATRACA_SECRET,
    webOrigin: WEB_ORIGIN,
    natsUrl: NATS_URL,
    host: HOST,
    port: REALTIME_PORT,
    logLevel: LOG_LEVEL,
  };
}
