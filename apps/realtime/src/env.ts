import { z } from 'zod';
import type { DeviceRate } from './gate/device-rates.ts';

const scansField = (byDefault: number) =>
  z.coerce.number('must be a number of scans').int('must be whole').min(1).default(byDefault);

const settingsSchema = z.object({
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be the postgres:// address of this site’s database',
  }),
  CATRACA_SECRET: z
    .string('is missing: 32 bytes in hexadecimal, the same as that of the web app')
    .regex(/^[0-9a-f]{64}$/, 'must be 32 bytes in hexadecimal, the same as that of the web app'),
  CATRACA_MASTER_KEY: z
    .string('is missing: 32 bytes in hexadecimal, the same as that of the web app')
    .regex(/^[0-9a-f]{64}$/, 'must be 32 bytes in hexadecimal, the same as that of the web app')
    .transform((hex) => Buffer.from(hex, 'hex')),
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
  /** A person scans one a second, a turnstile two; a reader that stands for many gates may have its share of a crowd. */
  DEVICE_SCANS_PER_SECOND: scansField(200),
  /** A device that was offline for an hour at a busy gate. */
  DEVICE_SCANS_BURST: scansField(2_000),
  /** Where CPU profiles go that SIGUSR2 asks for; without it the signal is ignored. */
  CATRACA_PROFILE_DIR: z.string().optional(),
});

export interface Settings {
  readonly databaseUrl: string;
  /** Signs what opens the live feed. Not for logs. */
  readonly secret: string;
  /** Opens the keys of personal data, 32 bytes. Not for logs. */
  readonly masterKey: Uint8Array;
  readonly webOrigin: string | undefined;
  /** Undefined: the database carries the news too. May hold a password. */
  readonly natsUrl: string | undefined;
  readonly host: string;
  /** 0 is any free one. */
  readonly port: number;
  readonly logLevel: string;
  readonly deviceRate: DeviceRate;
  readonly profileDir: string | undefined;
}

/** Everything that realtime reads from its environment. @throws with a line for each setting that is wrong. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = settingsSchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
    throw new Error(`realtime cannot start:\n${lines.join('\n')}`);
  }
  const { data } = parsed;
  return {
    databaseUrl: data.DATABASE_URL,
    secret: data.CATRACA_SECRET,
    masterKey: data.CATRACA_MASTER_KEY,
    webOrigin: data.WEB_ORIGIN,
    natsUrl: data.NATS_URL,
    host: data.HOST,
    port: data.REALTIME_PORT,
    logLevel: data.LOG_LEVEL,
    deviceRate: { perSecond: data.DEVICE_SCANS_PER_SECOND, burst: data.DEVICE_SCANS_BURST },
    profileDir: data.CATRACA_PROFILE_DIR,
  };
}
