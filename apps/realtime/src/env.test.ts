import { expect, test } from 'vitest';
import { readSettings } from './env.ts';

const good = {
  DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/catraca',
  CATRACA_SECRET: 'ab'.repeat(32),
  CATRACA_MASTER_KEY: 'cd'.repeat(32),
};

test('what is not given has a default', () => {
  expect(readSettings({ ...good, REALTIME_PORT: '', WEB_ORIGIN: '' })).toEqual({
    databaseUrl: good.DATABASE_URL,
    secret: good.CATRACA_SECRET,
    masterKey: Buffer.from(good.CATRACA_MASTER_KEY, 'hex'),
    webOrigin: undefined,
    natsUrl: undefined,
    host: '127.0.0.1',
    port: 3001,
    logLevel: 'info',
    deviceRate: { perSecond: 200, burst: 2_000 },
    profileDir: undefined,
  });
});

test('all that is wrong is said at once, and no value is repeated', () => {
  const wrong = {
    DATABASE_URL: 'mysql://secret',
    CATRACA_SECRET: 'hunter2',
    CATRACA_MASTER_KEY: 'swordfish',
    REALTIME_PORT: 'many',
    DEVICE_SCANS_BURST: 'lots',
    NATS_URL: 'http://smoke',
  };
  const message = String(
    (() => {
      try {
        return readSettings(wrong);
      } catch (error) {
        return error;
      }
    })(),
  );
  for (const name of Object.keys(wrong)) expect(message).toContain(name);
  for (const value of ['mysql', 'hunter2', 'swordfish', 'many', 'smoke'])
    expect(message).not.toContain(value);
});
