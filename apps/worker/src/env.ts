import { z } from 'zod';

const settingsSchema = z.object({
  CATRACA_MODE: z.enum(['development', 'production']).default('development'),
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be the postgres:// address of this site’s database',
  }),
  CATRACA_SECRET: z
    .string('is missing: 32 bytes in hexadecimal, the same as that of the web app')
    .regex(/^[0-9a-f]{64}$/, 'must be 32 bytes in hexadecimal, the same as that of the web app'),
  WEB_ORIGIN: z
    .url({ protocol: /^https?$/, error: 'must be the http(s):// address of the web app' })
    .transform((address) => new URL(address).origin),
  SMTP_URL: z.url({
    protocol: /^smtps?$/,
    error: 'must be the smtp(s):// address of a mail server',
  }),
  MAILBOX_DIR: z.string().optional(),
  MAIL_FROM: z.string().min(3).default('Catraca <tickets@catraca.example>'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
});

export interface Settings {
  readonly databaseUrl: string;
  /** Signs the links in mails. Not for logs. */
  readonly secret: string;
  readonly webOrigin: string;
  /** May hold a password. Not for logs. */
  readonly smtpUrl: string;
  /** Where mail is captured instead of leaving; undefined when it leaves. */
  readonly mailboxDir: string | undefined;
  readonly mailFrom: string;
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
    databaseUrl: data.DATABASE_URL,
    secret: data.CATRACA_SECRET,
    webOrigin: data.WEB_ORIGIN,
    smtpUrl: data.SMTP_URL,
    mailboxDir: data.MAILBOX_DIR,
    mailFrom: data.MAIL_FROM,
    logLevel: data.LOG_LEVEL,
  };
}
