import type { Secrets } from './secrets.ts';

export interface SiteSettings {
  databaseUrl: string;
  secrets: Secrets;
  /** The address to listen on. */
  host: string;
  webPort: number;
  realtimePort: number;
  /** Where the worker listens for mail, which it captures. */
  smtpPort: number;
  mailboxDir: string;
  /** Where a venue writes how far its database is; empty at a cloud. */
  siteMark?: string;
}

export type ServiceEnvironment = ReturnType<typeof serviceEnvironment>;

/** What web, realtime and worker are told. The same for all three; each reads what it needs in its env.ts. */
export function serviceEnvironment(site: SiteSettings) {
  return {
    CATRACA_MODE: 'development',
    DATABASE_URL: site.databaseUrl,
    ...site.secrets,
    HOST: site.host,
    PORT: String(site.webPort),
    REALTIME_PORT: String(site.realtimePort),
    WEB_ORIGIN: `http://localhost:${site.webPort}`,
    REALTIME_URL: `http://localhost:${site.realtimePort}`,
    SMTP_URL: `smtp://127.0.0.1:${site.smtpPort}`,
    MAILBOX_DIR: site.mailboxDir,
    SITE_MARK: site.siteMark ?? '',
    PAYMENT_PROVIDERS: 'test',
  };
}

/** The settings that an operator may give to `npm start` in the environment, over its own. */
export function operatorSettings(): Partial<ServiceEnvironment> {
  const { CATRACA_MODE, WEB_ORIGIN, REALTIME_URL, SMTP_URL, PAYMENT_PROVIDERS } = process.env;
  return {
    ...(CATRACA_MODE ? { CATRACA_MODE } : {}),
    ...(WEB_ORIGIN ? { WEB_ORIGIN } : {}),
    ...(REALTIME_URL ? { REALTIME_URL } : {}),
    ...(PAYMENT_PROVIDERS ? { PAYMENT_PROVIDERS } : {}),
    // With a mail server of their own nothing is captured.
    ...(SMTP_URL ? { SMTP_URL, MAILBOX_DIR: '' } : {}),
  };
}
