import { withCheckDigits } from '@catraca/domain';
import { expect, test } from 'vitest';
import { KeyboardWedge, type Keystroke } from './keyboard-wedge.ts';

const number = withCheckDigits('12345678901234');
const token = `CT${'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.repeat(5).slice(0, 152)}`;

/** Where a US keyboard has the character. */
function place(character: string): string {
  return /[0-9]/.test(character) ? `Digit${character}` : `Key${character.toUpperCase()}`;
}

/** Types a text, one key each `gapMs`, with the meaning that `layout` gives to each key, and ends it. */
function burst(
  text: string,
  { gapMs = 5, ends = 'Enter', layout = (key: string) => key } = {},
): Keystroke[] {
  const keys = [...text].map((character) => ({ key: layout(character), code: place(character) }));
  return [...keys, { key: ends, code: ends }].map((key, i) => ({ ...key, timeStamp: i * gapMs }));
}

function read(keys: Keystroke[], wedge = new KeyboardWedge()): (string | undefined)[] {
  return keys.map((key) => wedge.press(key)).filter((code) => code !== undefined);
}

test.each(['Enter', 'Tab'])('a fast burst that ends with %s is a code', (ends) => {
  expect(read(burst(token, { ends }))).toEqual([token]);
});

test('shift keys between the letters do not matter', () => {
  const keys = burst(number).flatMap((key) => [
    { key: 'Shift', code: 'ShiftLeft', timeStamp: key.timeStamp },
    key,
  ]);
  expect(read(keys)).toEqual([number]);
});

test('with caps lock on, the token comes in lower case and is still ours', () => {
  expect(read(burst(token, { layout: (key) => key.toLowerCase() }))).toEqual([token.toLowerCase()]);
});

test('on a French layout the places of the keys tell the digits', () => {
  const azerty = (key: string) => 'àâ&é"\'(-è_'[Number(key)] ?? key;
  expect(read(burst(number, { layout: azerty }))).toEqual([number]);
});

test('a reader that is set to the layout in use is believed by the meaning of its keys', () => {
  const keys = burst(number).map((key) => (key.key === 'Enter' ? key : { ...key, code: 'KeyB' }));
  expect(read(keys)).toEqual([number]);
});

test("a stranger's code is taken as it was typed, for the gate to record", () => {
  expect(read(burst('https://example.org/ticket?x=1'))).toEqual(['https://example.org/ticket?x=1']);
});

test('a person typing is not a reader', () => {
  expect(read(burst(number, { gapMs: 130 }))).toEqual([]);
});

test('a few fast keys are not a code', () => {
  expect(read(burst('12345'))).toEqual([]);
});

test('keys of a person before the burst do not become part of it', () => {
  const wedge = new KeyboardWedge();
  read([{ key: 'x', code: 'KeyX', timeStamp: 0 }], wedge);
  const keys = burst(number).map((key) => ({ ...key, timeStamp: key.timeStamp + 500 }));
  expect(read(keys, wedge)).toEqual([number]);
});

test('two codes in a row are two codes', () => {
  const wedge = new KeyboardWedge();
  const second = burst(token).map((key) => ({ ...key, timeStamp: key.timeStamp + 400 }));
  expect([...read(burst(number), wedge), ...read(second, wedge)]).toEqual([number, token]);
});

test('a reader that never ends cannot fill the memory', () => {
  const [code] = read(burst('A'.repeat(5_000)));
  expect(code).toHaveLength(600);
});
