import { expect, test } from 'vitest';
import { documentIdentity, isSamePerson, nameBirthIdentity } from './identity.ts';

const key = (...bytes: number[]) => Uint8Array.from(bytes);

test('X-2: documents and names are compared without what people write differently', () => {
  expect(documentIdentity(' 12.345.678-x ')).toBe(documentIdentity('12345678X'));
  expect(documentIdentity('./- ')).toBe('');
  expect(nameBirthIdentity('João  da Silva', '1990-02-03')).toBe(
    nameBirthIdentity('joao DA silva', '1990-02-03'),
  );
});

test('X-3: one document is one person; a name and a birth date are, unless two documents say otherwise', () => {
  const ana = { documentKey: key(1), nameBirthKey: key(9) };
  expect(isSamePerson(ana, { documentKey: key(1), nameBirthKey: key(8) })).toBe(true);
  expect(isSamePerson(ana, { documentKey: null, nameBirthKey: key(9) })).toBe(true);
  expect(isSamePerson(ana, { documentKey: key(2), nameBirthKey: key(9) })).toBe(false);
  const nobody = { documentKey: null, nameBirthKey: null };
  expect(isSamePerson(nobody, nobody)).toBe(false);
});
