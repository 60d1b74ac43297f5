import { expect, test } from 'vitest';
import { eventMessage, eventStream } from './event-stream.ts';

test('each message is an event of the stream, and whoever goes is not told any more', async () => {
  let send: (message: Uint8Array) => void = () => {};
  let gone = 0;
  const answer = eventStream((given) => {
    send = given;
    return () => (gone += 1);
  });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  const reader = answer.body?.getReader();
  send(eventMessage('whole', '[1]'));
  const { value } = (await reader?.read()) ?? {};
  expect(new TextDecoder().decode(value)).toBe('event: whole\ndata: [1]\n\n');
  await reader?.cancel();
  expect(gone).toBe(1);
  send(eventMessage('whole', '[2]'));
});

test('one who does not read is cut off before much waits for them', () => {
  let gone = 0;
  let send: (message: Uint8Array) => void = () => {};
  eventStream((given) => {
    send = given;
    return () => (gone += 1);
  });
  const message = eventMessage('whole', 'x'.repeat(100_000));
  let sent = 0;
  while (gone === 0 && sent < 100) {
    send(message);
    sent += 1;
  }
  expect(gone).toBe(1);
  expect(sent * message.length).toBeLessThan(1_000_000);
});

test('a first message that is too much ends it, and it is not listened for any more', () => {
  let gone = 0;
  eventStream((send) => {
    send(new Uint8Array(600_000));
    return () => (gone += 1);
  });
  expect(gone).toBe(1);
});
