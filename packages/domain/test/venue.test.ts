import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AssertionError,
  checkpointAllows,
  countingDayNo,
  dayAt,
  instantOf,
  planDays,
  type Checkpoint,
} from '../src/index.ts';
import { checkpoints, convention } from './convention.ts';

const utc = (text: string) => Date.parse(`${text}:00Z`);
const plan = {
  dates: ['2027-05-01', '2027-05-02'],
  opensAt: '10:00',
  closesAt: '22:00',
  timeZone: 'America/Sao_Paulo',
};

describe('days', () => {
  test('V-1 the days of a plan are instants by the clocks of its zone', () => {
    expect(planDays(plan)).toEqual([
      { no: 1, startsAt: utc('2027-05-01T13:00'), endsAt: utc('2027-05-02T01:00') },
      { no: 2, startsAt: utc('2027-05-02T13:00'), endsAt: utc('2027-05-03T01:00') },
    ]);
  });

  test('V-1 closing not after opening is on the next date, over the end of a month too', () => {
    const [day] = planDays({ ...plan, dates: ['2027-05-31'], closesAt: '02:00' });
    expect(day?.endsAt).toBe(utc('2027-06-01T05:00'));
    const [whole] = planDays({ ...plan, dates: ['2027-02-28'], closesAt: '10:00' });
    expect(whole?.endsAt).toBe(utc('2027-03-01T13:00'));
  });

  test('V-1 a day on which the clocks change is an hour shorter or longer', () => {
    const hours = (date: string) => {
      const [day] = planDays({
        dates: [date],
        opensAt: '00:00',
        closesAt: '00:00',
        timeZone: 'Europe/Lisbon',
      });
      return ((day?.endsAt ?? 0) - (day?.startsAt ?? 0)) / 3_600_000;
    };
    expect(hours('2027-03-28')).toBe(23);
    expect(hours('2027-03-29')).toBe(24);
    expect(hours('2027-10-31')).toBe(25);
  });

  test.each([
    [
      '2027-03-28',
      '02:30',
      'Europe/Berlin',
      '2027-03-28T01:30',
      'a time that is skipped counts on past the gap',
    ],
    [
      '2027-10-31',
      '02:30',
      'Europe/Berlin',
      '2027-10-31T00:30',
      'of a time that comes twice, the first',
    ],
    ['2027-05-01', '09:00', 'Asia/Kathmandu', '2027-05-01T03:15', 'an offset of quarters'],
    ['2027-05-01', '00:30', 'Pacific/Kiritimati', '2027-04-30T10:30', 'fourteen hours ahead'],
    ['2027-05-01', '23:30', 'Pacific/Pago_Pago', '2027-05-02T10:30', 'eleven hours behind'],
  ])('V-2 %s %s in %s is %s UTC: %s', (date, time, timeZone, instant) => {
    expect(instantOf({ date, time }, timeZone)).toBe(utc(instant));
  });

  test('V-2 the zone shows the local time again at that instant', () => {
    const zones = [
      'UTC',
      'America/Sao_Paulo',
      'Asia/Tokyo',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
    ];
    const noon = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2035-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(noon, fc.constantFrom(...zones), (date, timeZone) => {
        const local = { date: date.toISOString().slice(0, 10), time: '12:00' };
        const shown = new Intl.DateTimeFormat('sv-SE', {
          timeZone,
          dateStyle: 'short',
          timeStyle: 'short',
        });
        expect(shown.format(instantOf(local, timeZone))).toBe(`${local.date} 12:00`);
      }),
    );
  });

  test('V-2 what is on no calendar is a bug of whoever asks', () => {
    expect(() => instantOf({ date: '2027-02-30', time: '10:00' }, 'UTC')).toThrow(AssertionError);
    expect(() => instantOf({ date: '1.5.2027', time: '10:00' }, 'UTC')).toThrow(AssertionError);
  });

  test('V-3 a day holds its first instant and not its end', () => {
    const days = planDays(plan);
    expect(dayAt(days, utc('2027-05-01T12:59'))).toBeUndefined();
    expect(dayAt(days, utc('2027-05-01T13:00'))?.no).toBe(1);
    expect(dayAt(days, utc('2027-05-02T01:00'))).toBeUndefined();
    expect(dayAt(days, utc('2027-05-02T13:00'))?.no).toBe(2);
  });

  test('V-3 A-13 the night counts for the day before it', () => {
    const days = planDays(plan);
    expect(countingDayNo(days, utc('2027-05-01T12:59'))).toBe(0);
    expect(countingDayNo(days, utc('2027-05-02T05:00'))).toBe(1);
    expect(countingDayNo(days, utc('2027-05-02T13:00'))).toBe(2);
    expect(countingDayNo(days, utc('2028-01-01T00:00'))).toBe(2);
  });
});

test('V-4 a checkpoint is read in its own directions', () => {
  const gate = convention.checkpoints.get(checkpoints.gate) as Checkpoint;
  const allowed = (directions: Checkpoint['directions']) =>
    (['entry', 'exit'] as const).filter((way) => checkpointAllows({ ...gate, directions }, way));
  expect(allowed('both')).toEqual(['entry', 'exit']);
  expect(allowed('entry')).toEqual(['entry']);
  expect(allowed('exit')).toEqual(['exit']);
});
