import { clockAt, instantOf, nextDate } from '@catraca/domain';

/** When a type opens an area, as the API has it. */
export interface Opening {
  areaId: string;
  startsAt: Date;
  endsAt: Date;
}

export interface GridDay {
  no: number;
  /** `2027-05-01` */
  date: string;
  startsAt: Date;
  endsAt: Date;
}

/** Hours on the clocks of the event; `to` not after `from` is on the next date. */
export interface Hours {
  from: string;
  to: string;
}

export type Cell = { kind: 'closed' } | { kind: 'all_day' } | { kind: 'hours'; hours: Hours[] };

/** A window that is no part of one day: from a moment to a moment, `2027-05-01T08:00`. */
export interface OtherWindow {
  areaId: string;
  from: string;
  to: string;
}

/** What a type opens, as people read it: an area and a day each. */
export interface Grid {
  /** By area and day: `cellKey`. */
  cells: Record<string, Cell>;
  others: OtherWindow[];
}

export function cellKey(areaId: string, dayNo: number): string {
  return `${areaId}/${dayNo}`;
}

const dayMs = 86_400_000;

/** Every area open on every day, or none of them. */
export function plainGrid(
  areaIds: readonly string[],
  days: readonly GridDay[],
  isOpen: boolean,
): Grid {
  const kind = isOpen ? 'all_day' : 'closed';
  const entries = areaIds.flatMap((areaId) =>
    days.map(({ no }) => [cellKey(areaId, no), { kind }] as const),
  );
  return { cells: Object.fromEntries(entries), others: [] };
}

export function gridOf(
  openings: readonly Opening[],
  areaIds: readonly string[],
  days: readonly GridDay[],
  timeZone: string,
): Grid {
  const grid = plainGrid(areaIds, days, false);
  for (const opening of openings) {
    const day = days.find((one) => isOfDay(opening, one, timeZone));
    if (!day) {
      grid.others.push({
        areaId: opening.areaId,
        from: momentText(opening.startsAt, timeZone),
        to: momentText(opening.endsAt, timeZone),
      });
      continue;
    }
    const key = cellKey(opening.areaId, day.no);
    grid.cells[key] = withWindow(grid.cells[key], opening, day, timeZone);
  }
  return grid;
}

function isOfDay({ startsAt, endsAt }: Opening, day: GridDay, timeZone: string): boolean {
  if (isAllDay({ startsAt, endsAt }, day)) return true;
  const length = endsAt.getTime() - startsAt.getTime();
  return clockAt(startsAt.getTime(), timeZone).date === day.date && length <= dayMs;
}

function isAllDay(
  { startsAt, endsAt }: Pick<Opening, 'startsAt' | 'endsAt'>,
  day: GridDay,
): boolean {
  return startsAt.getTime() === day.startsAt.getTime() && endsAt.getTime() === day.endsAt.getTime();
}

function withWindow(
  cell: Cell | undefined,
  opening: Opening,
  day: GridDay,
  timeZone: string,
): Cell {
  if (isAllDay(opening, day)) return { kind: 'all_day' };
  if (cell?.kind === 'all_day') return cell;
  const hours = {
    from: clockAt(opening.startsAt.getTime(), timeZone).time,
    to: clockAt(opening.endsAt.getTime(), timeZone).time,
  };
  return { kind: 'hours', hours: cell?.kind === 'hours' ? [...cell.hours, hours] : [hours] };
}

export function momentText(at: Date, timeZone: string): string {
  const { date, time } = clockAt(at.getTime(), timeZone);
  return `${date}T${time}`;
}

export type ReadGrid =
  | { ok: true; openings: Opening[] }
  /** `key` of the cell whose hours are missing, or `other0`, `other1` …. */
  | { ok: false; key: string };

/** The grid as instants. */
export function readGrid(
  grid: Grid,
  areaIds: readonly string[],
  days: readonly GridDay[],
  timeZone: string,
): ReadGrid {
  const openings: Opening[] = [];
  for (const areaId of areaIds) {
    for (const day of days) {
      const key = cellKey(areaId, day.no);
      const read = readCell(grid.cells[key], day, timeZone);
      if (!read) return { ok: false, key };
      openings.push(...read.map((window) => ({ areaId, ...window })));
    }
  }
  for (const [index, { areaId, from, to }] of grid.others.entries()) {
    const [startsAt, endsAt] = [readMoment(from, timeZone), readMoment(to, timeZone)];
    if (!startsAt || !endsAt || startsAt >= endsAt) return { ok: false, key: `other${index}` };
    openings.push({ areaId, startsAt, endsAt });
  }
  return { ok: true, openings };
}

function readCell(cell: Cell | undefined, day: GridDay, timeZone: string) {
  if (!cell || cell.kind === 'closed') return [];
  if (cell.kind === 'all_day') return [{ startsAt: day.startsAt, endsAt: day.endsAt }];
  const windows = cell.hours.map(({ from, to }) => {
    if (from === '' || to === '') return undefined;
    const date = to <= from ? nextDate(day.date) : day.date;
    return {
      startsAt: new Date(instantOf({ date: day.date, time: from }, timeZone)),
      endsAt: new Date(instantOf({ date, time: to }, timeZone)),
    };
  });
  const read = windows.flatMap((window) => window ?? []);
  return read.length === windows.length && read.length > 0 ? read : undefined;
}

export function readMoment(text: string, timeZone: string): Date | undefined {
  const [date, time] = text.split('T');
  if (!date || !time || Number.isNaN(Date.parse(`${date}T${time.slice(0, 5)}:00Z`)))
    return undefined;
  return new Date(instantOf({ date, time: time.slice(0, 5) }, timeZone));
}

/** What one area has goes to all areas. */
export function copyRow(
  grid: Grid,
  from: string,
  areaIds: readonly string[],
  days: readonly GridDay[],
) {
  for (const { no } of days) {
    for (const areaId of areaIds) copyCell(grid, cellKey(from, no), cellKey(areaId, no));
  }
}

/** What one day has goes to all days. */
export function copyColumn(
  grid: Grid,
  from: number,
  areaIds: readonly string[],
  days: readonly GridDay[],
) {
  for (const areaId of areaIds) {
    for (const { no } of days) copyCell(grid, cellKey(areaId, from), cellKey(areaId, no));
  }
}

function copyCell(grid: Grid, from: string, to: string): void {
  const cell = grid.cells[from] ?? { kind: 'closed' };
  grid.cells[to] =
    cell.kind === 'hours' ? { kind: 'hours', hours: cell.hours.map((one) => ({ ...one })) } : cell;
}
