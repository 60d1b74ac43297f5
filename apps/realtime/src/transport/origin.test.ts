import { expect, test } from 'vitest';
import { mayConnect } from './origin.ts';

const webOrigin = 'https://tickets.example.test';

test.each([
  ['', 'gate.example.test', true, 'a reader that is no browser'],
  ['https://tickets.example.test', 'gate.example.test', true, 'the web app'],
  ['http://192.168.1.20:3000', '192.168.1.20:3001', true, 'a phone in the venue’s own network'],
  ['http://localhost:3000', 'localhost:3001', true, 'a developer'],
  ['https://elsewhere.example.test', 'gate.example.test', false, 'a stranger’s page'],
  [
    'https://gate.example.test.elsewhere.test',
    'gate.example.test',
    false,
    'a name that begins alike',
  ],
  ['null', 'gate.example.test', false, 'a page without an origin'],
])('%s at %s: %s, %s', (origin, host, allowed) => {
  expect(mayConnect(origin, host, webOrigin)).toBe(allowed);
});
