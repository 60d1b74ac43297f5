import type { GuestRow } from '@catraca/db';
import { parse } from 'csv-parse/sync';

/** A file of 5,000 people with long names: more is sent in parts. */
export const importBytesMax = 1_000_000;
export const importRowsMax = 5_000;

const nameLengthMax = 120;
const emailLengthMax = 254;
/** Units one line may ask for. */
const quantityMax = 50;

/** The header's columns; the last two may be missing. */
const columns = ['name', 'type', 'email', 'quantity'] as const;
type Column = (typeof columns)[number];

export type FileProblem =
  /** Not UTF-8, as most spreadsheets write it when they are told to. */
  | { code: 'not_utf8' }
  /** Not a table: a quote that is not closed, or lines of several lengths. */
  | { code: 'not_csv'; line: number }
  | { code: 'empty' }
  | { code: 'too_many_rows'; max: number }
  /** `missing`: columns that are needed; `unknown`: those that mean nothing here. */
  | { code: 'wrong_header'; missing: string[]; unknown: string[] };

export interface RowProblem {
  /** Of the file, the header is 1. */
  line: number;
  column: Column | null;
  code:
    | 'missing'
    | 'too_long'
    | 'malformed'
    /** A cell that a spreadsheet would run. */
    | 'formula'
    | 'unknown_type'
    | 'too_many'
    | 'duplicate';
  /** The cell as it is, cut: so that it is found in the file. */
  value: string;
}

export interface ReadGuests {
  rows: GuestRow[];
  problems: RowProblem[];
}

/** A type that guests can be given, by the names it is called in the event's languages and its number. */
export interface GuestType {
  id: bigint;
  no: number;
  names: readonly string[];
  kind: 'ticket' | 'credential';
}

/** Reads a table of guests and says of each line that cannot be used what is wrong with it. Nothing is written. */
export function readGuests(
  bytes: Uint8Array,
  types: readonly GuestType[],
): ReadGuests | FileProblem {
  const text = decode(bytes);
  if (text === undefined) return { code: 'not_utf8' };
  const table = tableOf(text);
  if (!Array.isArray(table)) return table;
  const [header, ...lines] = table;
  if (!header || lines.length === 0) return { code: 'empty' };
  if (lines.length > importRowsMax) return { code: 'too_many_rows', max: importRowsMax };
  const names = header.cells.map((cell) => cell.trim().toLowerCase());
  const unknown = names.filter((name) => !(columns as readonly string[]).includes(name));
  const missing = ['name', 'type'].filter((name) => !names.includes(name));
  if (unknown.length > 0 || missing.length > 0) return { code: 'wrong_header', missing, unknown };
  const typeOf = typesByName(types);
  const seen = new Set<string>();
  const read: ReadGuests = { rows: [], problems: [] };
  for (const { line, cells } of lines) {
    const cellOf = (column: Column) => (cells[names.indexOf(column)] ?? '').trim();
    const row = readRow({ line, cellOf, typeOf, seen });
    if ('code' in row) read.problems.push(row);
    else read.rows.push(row);
  }
  return read;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

interface Line {
  line: number;
  cells: string[];
}

/** Lines with their numbers. Spreadsheets separate cells by a comma or, where that is the decimal sign, by a semicolon. */
function tableOf(text: string): Line[] | FileProblem {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = firstLine.split(';').length > firstLine.split(',').length ? ';' : ',';
  try {
    const found = parse(text, { delimiter, info: true, skip_empty_lines: true }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    return found.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return { code: 'not_csv', line };
  }
}

function typesByName(types: readonly GuestType[]): (name: string) => GuestType | undefined {
  const byName = new Map<string, GuestType>();
  for (const type of types) {
    for (const name of [...type.names, String(type.no)])
      byName.set(name.trim().toLowerCase(), type);
  }
  return (name) => byName.get(name.toLowerCase());
}

/** Begins as a formula does for a spreadsheet: whoever exports it later would hand it on. */
const formula = /^[=+@\t\r-]/;
const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const valueShownMax = 60;

function readRow({
  line,
  cellOf,
  typeOf,
  seen,
}: {
  line: number;
  cellOf: (column: Column) => string;
  typeOf: (name: string) => GuestType | undefined;
  seen: Set<string>;
}): GuestRow | RowProblem {
  const problem = (column: Column | null, code: RowProblem['code']): RowProblem => ({
    ...{ line, column, code },
    value: (column ? cellOf(column) : cellOf('name')).slice(0, valueShownMax),
  });
  const [name, address, typeName] = [cellOf('name'), cellOf('email'), cellOf('type')];
  for (const column of columns) if (formula.test(cellOf(column))) return problem(column, 'formula');
  if (name === '') return problem('name', 'missing');
  if (name.length > nameLengthMax) return problem('name', 'too_long');
  if (address.length > emailLengthMax) return problem('email', 'too_long');
  if (address !== '' && !email.test(address)) return problem('email', 'malformed');
  const type = typeOf(typeName);
  if (!type) return problem('type', typeName === '' ? 'missing' : 'unknown_type');
  const quantity = cellOf('quantity') === '' ? 1 : Number(cellOf('quantity'));
  if (!Number.isInteger(quantity) || quantity < 1) return problem('quantity', 'malformed');
  const most = type.kind === 'credential' ? 1 : quantityMax;
  if (quantity > most) return problem('quantity', 'too_many');
  const key = JSON.stringify([name.toLowerCase(), address.toLowerCase(), String(type.id)]);
  if (seen.has(key)) return problem(null, 'duplicate');
  seen.add(key);
  const { id } = type;
  return { line, name, email: address || null, typeId: String(id), quantity };
}
