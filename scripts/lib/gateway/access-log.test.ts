import { expect, test } from 'vitest';
import { cleanErrorLine } from './access-log.ts';

const clean = (line: string) => {
  const { time: _, ...rest } = JSON.parse(cleanErrorLine(line) ?? '{}') as Record<string, unknown>;
  return rest;
};

test('an error is kept without the request it is about', () => {
  const line =
    '2026/11/22 08:00:00 [error] 12#12: *5 upstream timed out (110: Connection timed out) while reading response header from upstream, client: 10.1.2.3, server: venue, request: "GET /tickets/s3cret?k=s3cret HTTP/2.0", upstream: "http://127.0.0.1:3000/tickets/s3cret", host: "venue", referrer: "https://venue/s3cret"';
  expect(clean(line)).toEqual({
    level: 'error',
    msg: 'upstream timed out (110: Connection timed out) while reading response header from upstream',
    node: '127.0.0.1:3000',
  });
});

test('what an error quotes is left out, and so is what is no error line', () => {
  expect(
    clean('2026/11/22 08:00:00 [crit] 1#1: open() "/s3cret" failed (2: No such file)'),
  ).toEqual({
    level: 'crit',
    msg: 'open() "…" failed (2: No such file)',
  });
  expect(clean('2026/11/22 08:00:00 [warn] 1#1: a quote that "never ends')).toEqual({
    level: 'warn',
    msg: 'a quote that "…"',
  });
  expect(cleanErrorLine('and s3cret goes on here')).toBeUndefined();
});
