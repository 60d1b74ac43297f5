import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type NoticeListener, readNotice } from './notices.ts';

function listener() {
  const heard: unknown[] = [];
  const listening: NoticeListener = {
    config: (eventId) => heard.push(['config', eventId]),
    conflicts: (eventId) => heard.push(['conflicts', eventId]),
    device: (deviceId) => heard.push(['device', deviceId]),
    keys: () => heard.push(['keys']),
    member: (memberId) => heard.push(['member', memberId]),
    scans: (eventId) => heard.push(['scans', eventId]),
  };
  return { heard, listening };
}

test('each kind of notice is handed on', () => {
  const { heard, listening } = listener();
  readNotice('{"kind":"config","eventId":"281474976710657"}', listening);
  readNotice('{"kind":"device","deviceId":"281474976710658"}', listening);
  readNotice('{"kind":"keys"}', listening);
  readNotice('{"kind":"member","memberId":"m-1"}', listening);
  readNotice('{"kind":"scans","eventId":"281474976710657"}', listening);
  readNotice('{"kind":"conflicts","eventId":"281474976710657"}', listening);
  expect(heard).toEqual([
    ['config', 281474976710657n],
    ['device', 281474976710658n],
    ['keys'],
    ['member', 'm-1'],
    ['scans', 281474976710657n],
    ['conflicts', 281474976710657n],
  ]);
});

test('anything else is no notice', () => {
  const { heard, listening } = listener();
  for (const payload of ['', '{', 'null', '{"kind":"dance"}', '{"kind":"config","eventId":"x"}']) {
    expect(readNotice(payload, listening)).toBe(false);
  }
  fc.assert(fc.property(fc.string(), (text) => !readNotice(text, listening)));
  expect(heard).toEqual([]);
});
