import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  gateSubprotocol,
  liveSubprotocol,
  offeredSubprotocols,
  parseBearer,
  parseOffer,
} from '../src/index.ts';

const anyToken = fc.string({ unit: fc.constantFrom(...'abcXYZ019._-'), minLength: 1 });

test('P-10 a token rides as the second subprotocol', () => {
  fc.assert(
    fc.property(anyToken, (token) => {
      const header = offeredSubprotocols(gateSubprotocol, token).join(', ');
      expect(parseOffer(header, gateSubprotocol)).toEqual({ subprotocol: gateSubprotocol, token });
      expect(parseOffer(header, liveSubprotocol)).toBeUndefined();
      expect(parseBearer(`Bearer ${token}`)).toBe(token);
    }),
  );
});

test.each([
  ['', undefined],
  ['token.abc', undefined],
  [gateSubprotocol, { subprotocol: gateSubprotocol, token: undefined }],
  [`${gateSubprotocol},token.`, { subprotocol: gateSubprotocol, token: undefined }],
  [`token.abc,${gateSubprotocol}`, { subprotocol: gateSubprotocol, token: 'abc' }],
  [`x${gateSubprotocol}, token.abc`, undefined],
])('P-10 the header %j offers %j', (header, offer) => {
  expect(parseOffer(header, gateSubprotocol)).toEqual(offer);
});

test.each(['', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer a b', 'xBearer abc', 'Bearer a\nb'])(
  'P-10 %j is no bearer token',
  (header) => {
    expect(parseBearer(header)).toBeUndefined();
  },
);
