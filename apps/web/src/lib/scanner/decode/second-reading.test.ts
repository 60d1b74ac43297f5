import { expect, test } from 'vitest';
import type { CodeFormat } from './codes.ts';
import { SecondReading } from './second-reading.ts';

const code = (text: string, format: CodeFormat = 'code128') => ({ text, format });

test('a square code is believed at once', () => {
  expect(new SecondReading().confirms(code('A', 'qr'), 0)).toBe(true);
});

test('a barcode is believed when it is read twice alike', () => {
  const second = new SecondReading();
  expect(second.confirms(code('1234'), 0)).toBe(false);
  expect(second.confirms(code('1234'), 80)).toBe(true);
  expect(second.confirms(code('1234'), 160)).toBe(true);
});

test('a misread in between starts the count again', () => {
  const second = new SecondReading();
  second.confirms(code('1234'), 0);
  expect(second.confirms(code('1284'), 80)).toBe(false);
  expect(second.confirms(code('1234'), 160)).toBe(false);
  expect(second.confirms(code('1234'), 240)).toBe(true);
});

test('two readings far apart do not confirm each other', () => {
  const second = new SecondReading();
  second.confirms(code('1234'), 0);
  expect(second.confirms(code('1234'), 1_001)).toBe(false);
});
