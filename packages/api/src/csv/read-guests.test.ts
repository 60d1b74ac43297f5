import { expect, test } from 'vitest';
import { readGuests, type GuestType } from './read-guests.ts';
import { csvLines } from './write-csv.ts';

const types: GuestType[] = [
  { id: 11n, no: 1, names: ['Day ticket', 'Ingresso do dia'], kind: 'ticket' },
  { id: 12n, no: 2, names: ['Crew'], kind: 'credential' },
];
const read = (text: string) => readGuests(new TextEncoder().encode(text), types);

test('a table of guests is read: a byte order mark, semicolons, quotes, names of types in any language and case', () => {
  expect(
    read(
      '\uFEFFName;Type;Email;Quantity\n"Souza; Zoë";ingresso DO dia;zoe@example.com;3\nAda;2;;\n',
    ),
  ).toEqual({
    problems: [],
    rows: [
      { line: 2, name: 'Souza; Zoë', email: 'zoe@example.com', typeId: '11', quantity: 3 },
      { line: 3, name: 'Ada', email: null, typeId: '12', quantity: 1 },
    ],
  });
});

test('each bad line is named with its column and why, and the good ones stay', () => {
  const found = read(
    [
      'name,type,email,quantity',
      'Ada,Crew,ada@example.com,1',
      ',Crew,,',
      '"=HYPERLINK(""http://x"")",Crew,,',
      'Bia,Nothing,,',
      'Cem,Crew,not an address,',
      `${'x'.repeat(121)},Crew,,`,
      'Dan,Crew,,2',
      'Eva,Day ticket,,1.5',
      'Eva,Day ticket,,51',
      'ADA,crew,ADA@example.com,',
    ].join('\n'),
  );
  expect('rows' in found && found.rows.map(({ line }) => line)).toEqual([2]);
  expect(
    'problems' in found && found.problems.map(({ line, column, code }) => [line, column, code]),
  ).toEqual([
    [3, 'name', 'missing'],
    [4, 'name', 'formula'],
    [5, 'type', 'unknown_type'],
    [6, 'email', 'malformed'],
    [7, 'name', 'too_long'],
    [8, 'quantity', 'too_many'],
    [9, 'quantity', 'malformed'],
    [10, 'quantity', 'too_many'],
    [11, null, 'duplicate'],
  ]);
});

test('a file that is no such table is refused as a whole, with the reason', () => {
  expect(readGuests(Uint8Array.of(0x4a, 0x6f, 0xe3, 0x6f), types)).toEqual({ code: 'not_utf8' });
  expect(read('')).toEqual({ code: 'empty' });
  expect(read('name,type\n')).toEqual({ code: 'empty' });
  expect(read('nome,type,age\nAda,Crew,4')).toEqual({
    code: 'wrong_header',
    missing: ['name'],
    unknown: ['nome', 'age'],
  });
  expect(read('name,type\nAda,Crew,more')).toMatchObject({ code: 'not_csv' });
  expect(read('name,type\n"Ada,Crew')).toMatchObject({ code: 'not_csv' });
  expect(read(`name,type\n${'Ada,Crew\n'.repeat(5_001)}`)).toEqual({
    code: 'too_many_rows',
    max: 5_000,
  });
});

test('what is exported runs in no spreadsheet, and is quoted where it must be', () => {
  expect(csvLines([['=1+1', '-2', '@x', '+3', '\tx', 'a,b', 'a "b"', 'Zoë', null, 5]])).toBe(
    `'=1+1,'-2,'@x,'+3,'\tx,"a,b","a ""b""",Zoë,,5\r\n`,
  );
});
