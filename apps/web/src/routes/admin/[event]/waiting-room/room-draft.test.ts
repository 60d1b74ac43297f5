import { describe, expect, test } from 'vitest';
import { draftOf, readDraft, type Room } from './room-draft.ts';

const zone = 'America/Sao_Paulo';
const room: Room = {
  opensAt: new Date('2027-05-01T13:00:00Z'),
  isDrawn: false,
  perMinuteMax: 60,
  shoppersMax: 100,
  turnSeconds: 600,
  closedAt: null,
  waiting: 0,
  called: 0,
  inShop: 0,
  awaited: 0,
  bought: 0,
};

describe('the form of a waiting room', () => {
  test('speaks the clocks of the event, there and back', () => {
    const draft = draftOf(room, new Date(), zone);
    expect(draft).toEqual({
      opensAt: '2027-05-01T10:00',
      perMinute: '60',
      shoppers: '100',
      turnMinutes: '10',
    });
    expect(readDraft(draft, zone)).toEqual({
      settings: { opensAt: room.opensAt, perMinuteMax: 60, shoppersMax: 100, turnSeconds: 600 },
    });
  });

  test('begins with an hour to come, also after a room that was closed', () => {
    const now = new Date('2027-05-01T13:05:00Z');
    const closed = { ...room, closedAt: now };
    for (const given of [null, closed]) {
      expect(draftOf(given, now, zone).opensAt).toBe('2027-05-01T12:00');
    }
  });

  test('names each field that is wrong', () => {
    const wrong = { opensAt: '', perMinute: '0', shoppers: '1.5', turnMinutes: 'ten' };
    const read = readDraft(wrong, zone);
    expect('errors' in read && Object.keys(read.errors).toSorted()).toEqual([
      'opensAt',
      'perMinute',
      'shoppers',
      'turnMinutes',
    ]);
  });
});
