import { instantOf } from '@catraca/domain';
import { expect, test } from 'vitest';
import { cellKey, copyColumn, copyRow, gridOf, plainGrid, readGrid, type Grid } from './grid.ts';

const timeZone = 'America/Sao_Paulo';
const at = (date: string, time: string) => new Date(instantOf({ date, time }, timeZone));
const day = (no: number, date: string) => ({
  ...{ no, date },
  ...{ startsAt: at(date, '10:00'), endsAt: at(date, '20:00') },
});
const days = [day(1, '2027-05-01'), day(2, '2027-05-02')];
const areas = ['7', '8'];

test('what is drawn is what is opened, and reads the same again', () => {
  const grid: Grid = plainGrid(areas, days, true);
  grid.cells[cellKey('8', 1)] = { kind: 'closed' };
  const hours = [
    { from: '09:00', to: '12:00' },
    { from: '22:00', to: '02:00' },
  ];
  grid.cells[cellKey('8', 2)] = { kind: 'hours', hours };
  grid.others.push({ areaId: '7', from: '2027-04-30T08:00', to: '2027-05-03T22:00' });
  const read = readGrid(grid, areas, days, timeZone);
  if (!read.ok) throw new Error(read.key);
  expect(read.openings).toHaveLength(5);
  expect(read.openings[3]).toEqual({
    areaId: '8',
    startsAt: at('2027-05-02', '22:00'),
    endsAt: at('2027-05-03', '02:00'),
  });
  expect(gridOf(read.openings, areas, days, timeZone)).toEqual(grid);
});

test('hours that are not said are named by their cell', () => {
  const grid = plainGrid(areas, days, false);
  grid.cells[cellKey('7', 2)] = { kind: 'hours', hours: [{ from: '', to: '12:00' }] };
  expect(readGrid(grid, areas, days, timeZone)).toEqual({ ok: false, key: '7/2' });
  grid.cells[cellKey('7', 2)] = { kind: 'closed' };
  grid.others.push({ areaId: '7', from: '2027-05-02T08:00', to: '2027-05-01T08:00' });
  expect(readGrid(grid, areas, days, timeZone)).toEqual({ ok: false, key: 'other0' });
});

test('a row goes to all areas, a column to all days', () => {
  const grid = plainGrid(areas, days, false);
  grid.cells[cellKey('7', 1)] = { kind: 'hours', hours: [{ from: '10:00', to: '12:00' }] };
  copyRow(grid, '7', areas, days);
  copyColumn(grid, 1, areas, days);
  expect(Object.values(grid.cells).map(({ kind }) => kind)).toEqual(Array(4).fill('hours'));
});
