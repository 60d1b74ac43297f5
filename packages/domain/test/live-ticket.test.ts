import { SignJWT } from 'jose';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeId, type EventId } from '../src/ids/index.ts';
import {
  liveTicketTtlMs,
  signLiveTicket,
  verifyLiveTicket,
} from '../src/live-ticket/live-ticket.ts';

const secret = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const now = new Date('2026-07-03T10:00:00Z');
const ticket = { eventId: makeId<EventId>(1, 42n), memberId: 'member-1' };
const after = (ms: number) => new Date(now.getTime() + ms);

test('a ticket opens the wall of its event for five minutes', async () => {
  const text = await signLiveTicket(ticket, secret, now);
  expect(text).toMatch(/^[A-Za-z0-9._-]+$/);
  const last = after(liveTicketTtlMs - 1000);
  expect(await verifyLiveTicket(text, secret, last)).toEqual({ ok: true, value: ticket });
  expect(await verifyLiveTicket(text, secret, after(liveTicketTtlMs))).toEqual({
    ok: false,
    problem: 'expired',
  });
});

/** A ticket as it should be but for what the case changes. */
function forge({
  alg = 'HS256',
  audience = 'live',
  eventId = '281474976710698',
  key = secret,
  ends = true,
}) {
  const jwt = new SignJWT({ eventId, memberId: 'member-1' })
    .setProtectedHeader({ alg })
    .setAudience(audience);
  if (ends) jwt.setExpirationTime(after(60_000));
  return jwt.sign(new TextEncoder().encode(key));
}

test('the forger of the next test knows how to make a good one', async () => {
  expect(await verifyLiveTicket(await forge({}), secret, now)).toEqual({ ok: true, value: ticket });
});

test.each([
  { key: secret.replace('0', '1') },
  { audience: 'order' },
  { alg: 'HS512' },
  { ends: false },
  { eventId: 'x' },
])('a ticket with %j is malformed', async (change) => {
  expect(await verifyLiveTicket(await forge(change), secret, now)).toEqual({
    ok: false,
    problem: 'malformed',
  });
});

test('any other text is malformed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      expect(await verifyLiveTicket(text, secret, now)).toEqual({
        ok: false,
        problem: 'malformed',
      });
    }),
  );
});
