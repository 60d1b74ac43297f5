import { expect, test } from 'vitest';
import { SignInThrottle } from './sign-in-throttle.ts';

const minuteMs = 60_000;
const ana = { email: 'ana@example.org', address: '203.0.113.7' };

function tryMany(throttle: SignInThrottle, times: number, now = 0) {
  return Array.from({ length: times }, () => throttle.take(ana, now));
}

test('eight tries are free, the ninth waits until the first is five minutes old', () => {
  const throttle = new SignInThrottle();
  expect(tryMany(throttle, 8)).toEqual(Array(8).fill(0));
  expect(throttle.take(ana, minuteMs)).toBe(4 * minuteMs);
  expect(throttle.take(ana, 5 * minuteMs)).toBe(0);
});

test('the same account from another address is not locked out', () => {
  const throttle = new SignInThrottle();
  tryMany(throttle, 9);
  expect(throttle.take({ ...ana, address: '198.51.100.4' }, 0)).toBe(0);
});

test('writing the e-mail in another way does not give new tries', () => {
  const throttle = new SignInThrottle();
  tryMany(throttle, 8);
  expect(throttle.take({ ...ana, email: ' Ana@Example.ORG ' }, 0)).toBeGreaterThan(0);
});

test('signing in gives the tries back', () => {
  const throttle = new SignInThrottle();
  tryMany(throttle, 8);
  throttle.succeeded(ana);
  expect(throttle.take(ana, 0)).toBe(0);
});

test('one account tried from many addresses is closed for the rest of the hour', () => {
  const throttle = new SignInThrottle();
  const waits = Array.from({ length: 61 }, (_, i) =>
    throttle.take({ ...ana, address: `198.51.100.${i}` }, 0),
  );
  expect(waits.slice(0, 60)).toEqual(Array(60).fill(0));
  expect(waits[60]).toBe(60 * minuteMs);
});

test('one address that tries many accounts is stopped', () => {
  const throttle = new SignInThrottle();
  const waits = Array.from({ length: 301 }, (_, i) =>
    throttle.take({ ...ana, email: `${i}@example.org` }, 0),
  );
  expect(waits.indexOf(5 * minuteMs)).toBe(300);
});
