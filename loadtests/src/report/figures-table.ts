import { number, table } from './table.ts';

/** What a column is headed by, and the figure it shows. */
export type Columns<Figures> = readonly (readonly [title: string, figure: keyof Figures])[];

/** A line for each measurement, by its title. */
export function figuresTable<Figures extends { readonly [Name in keyof Figures]: number }>(
  columns: Columns<Figures>,
  lines: readonly (readonly [title: string, figures: Figures])[],
): string {
  return table([
    ['median of all runs', ...columns.map(([title]) => title)],
    ...lines.map(([title, figures]) => [
      title,
      ...columns.map(([, figure]) => number(figures[figure])),
    ]),
  ]);
}
