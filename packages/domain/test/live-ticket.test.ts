import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { makeId, type EventId } from '../src/index.ts';
import {
  liveTicketTtlMs,
  signLiveTicket,
  verifyLiveTicket,
} from '../src/live-ticket/live-ticket.ts';
import { garbage } from './arbitraries.ts';

const secret = '5e'.repeat(32);
const ticket = { eventId: makeId<EventId>(1, 7n), memberId: 'member' };
const now = new Date('2027-05-01T10:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const malformed = { ok: false, problem: 'malformed' };

describe('the ticket that opens a wall', () => {
  test('P-10 it opens for as long as it says, and not after', async () => {
    const text = await signLiveTicket(ticket, secret, now);
    expect(await verifyLiveTicket(text, secret, later(liveTicketTtlMs - 1000))).toEqual({
      ok: true,
      value: { ...ticket, issuedAt: now.getTime() },
    });
    expect(await verifyLiveTicket(text, secret, later(liveTicketTtlMs))).toEqual({
      ok: false,
      problem: 'expired',
    });
  });

  test('P-10 another secret, audience or algorithm does not make one', async () => {
    const key = new TextEncoder().encode(secret);
    const claims = {
      ...{ eventId: ticket.eventId.toString(), memberId: 'member', issuedAt: now.getTime() },
    };
    const jwt = (audience: string, alg: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg })
        .setAudience(audience)
        .setExpirationTime(later(1000))
        .sign(key);
    expect(await verifyLiveTicket(await jwt('live', 'HS256'), secret, now)).toEqual({
      ok: true,
      value: { ...ticket, issuedAt: now.getTime() },
    });
    expect(await verifyLiveTicket(await jwt('order', 'HS256'), secret, now)).toEqual(malformed);
    expect(await verifyLiveTicket(await jwt('live', 'HS512'), secret, now)).toEqual(malformed);
    expect(await verifyLiveTicket(await signLiveTicket(ticket, 'other', now), secret, now)).toEqual(
      malformed,
    );
  });

  test('P-1 garbage is refused and never thrown at', async () => {
    await fc.assert(
      fc.asyncProperty(garbage, async (text) => {
        expect(await verifyLiveTicket(text, secret, now)).toEqual(malformed);
      }),
    );
  });
});
