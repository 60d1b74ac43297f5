import { expect, test } from 'vitest';
import { readSettings } from './env.ts';

const good = {
  DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/catraca',
  CATRACA_SECRET: 'ab'.repeat(32),
  CATRACA_MASTER_KEY: 'cd'.repeat(32),
  WEB_ORIGIN: 'https://tickets.example/shop?x',
  SMTP_URL: 'smtp://127.0.0.1:2525',
};

function refusalOf(environment: Record<string, string>): string {
  try {
    readSettings(environment);
    return '';
  } catch (error) {
    return String(error);
  }
}

test('what is not given has a default, and production is one of them', () => {
  expect(readSettings({ ...good, STRIPE_SECRET_KEY: '', LOG_LEVEL: '' })).toMatchObject({
    mode: 'production',
    webOrigin: 'https://tickets.example',
    stripe: undefined,
    mailboxDir: undefined,
    siteMark: undefined,
    logLevel: 'info',
  });
});

test('all that is wrong is said at once, and no value is repeated', () => {
  const wrong = {
    DATABASE_URL: 'mysql://secret',
    CATRACA_SECRET: 'hunter2',
    CATRACA_MASTER_KEY: 'swordfish',
    WEB_ORIGIN: 'ftp://files',
    SMTP_URL: 'http://pigeon',
    LOG_LEVEL: 'chatty',
  };
  const message = refusalOf(wrong);
  for (const name of Object.keys(wrong)) expect(message).toContain(name);
  for (const value of ['mysql', 'hunter2', 'swordfish', 'files', 'pigeon', 'chatty']) {
    expect(message).not.toContain(value);
  }
});

test('mail is not captured in production', () => {
  const captured = { ...good, MAILBOX_DIR: '/var/mail' };
  expect(refusalOf({ ...captured, CATRACA_MODE: 'production' })).toContain('MAILBOX_DIR');
  expect(readSettings({ ...captured, CATRACA_MODE: 'development' }).mailboxDir).toBe('/var/mail');
});
