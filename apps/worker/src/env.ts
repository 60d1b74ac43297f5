import type { StripeSettings } from '@catraca/api/payment';
import { z } from 'zod';

const settingsSchema = z.object({
  CATRACA_MODE: z.enum(['development', 'production']).default('production'),
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
  WEB_ORIGIN: z
    .url({ protocol: /^https?$/, error: 'must be the http(s):// address of the web app' })
    .transform((address) => new URL(address).origin),
  SMTP_URL: z.url({
    protocol: /^smtps?$/,
    error: 'must be the smtp(s):// address of a mail server',
  }),
  /** For what was paid there and goes back; which of them are offered is the web app's matter. */
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_API_BASE: z.url().optional(),
  MAILBOX_DIR: z.string().optional(),
  /** At a venue: a file beside the database, not in its folder nor in its backups. */
  SITE_MARK: z.string().optional(),
  MAIL_FROM: z.string().min(3).default('Catraca <tickets@catraca.example>'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

export interface Settings {
  readonly databaseUrl: string;
  readonly mode: 'development' | 'production';
  /** Signs the links in mails. Not for logs. */
  readonly secret: string;
  /** Opens the key that signs ticket links, 32 bytes. Not for logs. */
  readonly masterKey: Uint8Array;
  readonly stripe: StripeSettings | undefined;
  readonly webOrigin: string;
  /** May hold a password. Not for logs. */
  readonly smtpUrl: string;
  /** Where mail is captured instead of leaving; undefined when it leaves. */
  readonly mailboxDir: string | undefined;
  readonly mailFrom: string;
  /** Where a venue writes how far its database is; undefined at a cloud. */
  readonly siteMark: string | undefined;
  readonly logLevel: string;
}

/** Everything that the worker reads from its environment. @throws with a line for each setting that is wrong. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = settingsSchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
    throw new Error(`the worker cannot start:\n${lines.join('\n')}`);
  }
  const { data } = parsed;
  if (data.CATRACA_MODE === 'production' && data.MAILBOX_DIR !== undefined) {
    throw new Error(
      'the worker cannot start:\n  MAILBOX_DIR captures mail, which is refused in production: set SMTP_URL',
    );
  }
  return {
    mode: data.CATRACA_MODE,
    databaseUrl: data.DATABASE_URL,
    masterKey: data.CATRACA_MASTER_KEY,
    stripe: stripeOf(data),
    secret: data.CATRACA_SECRET,
    webOrigin: data.WEB_ORIGIN,
    smtpUrl: data.SMTP_URL,
    mailboxDir: data.MAILBOX_DIR,
    mailFrom: data.MAIL_FROM,
    siteMark: data.SITE_MARK,
    logLevel: data.LOG_LEVEL,
  };
}

function stripeOf(data: z.infer<typeof settingsSchema>): StripeSettings | undefined {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = data;
  if (!secretKey || !webhookSecret) return undefined;
  return { secretKey, webhookSecret, apiBase: data.STRIPE_API_BASE };
}
