import { stringify } from 'csv-stringify/sync';

/** A cell; nothing is an empty one. */
export type Cell = string | number | null;

/**
 * Rows as lines of a CSV file. A text that a spreadsheet would take for a formula (it begins with = + - @ or a tab) has a quote before it,
 * so that what a buyer typed as their name runs nowhere.
 */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows as Cell[][], { escape_formulas: true, record_delimiter: 'windows' });
}
