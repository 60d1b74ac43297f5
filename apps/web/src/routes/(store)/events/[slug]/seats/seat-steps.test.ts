import { describe, expect, test } from 'vitest';
import { planOf, type Seat } from './seat-plan.ts';
import { seatAfter, stepOfKey, type Step } from './seat-steps.ts';

/** Two sections side by side, three rows each, four seats a row, an aisle of two seats between them. */
const plan = planOf({
  rows: ['Left', 'Right'].flatMap((section, side) =>
    ['A', 'B', 'C'].map((row, depth) => ({
      section,
      row,
      seats: [1, 2, 3, 4].map((number) => ({
        id: `${section[0]}${row}${number}`,
        number,
        x: side * 60 + number * 10,
        y: depth * 10,
        ...{ accessible: false, companion: false, outOfSale: false },
      })),
    })),
  ),
  ...{ drawn: [], noSingleSeats: false },
});

function walk(from: string, ...steps: Step[]): string {
  const start = plan.seats.find((seat) => seat.id === from);
  if (!start) throw new Error(`no seat ${from}`);
  return steps.reduce<Seat>((seat, step) => seatAfter(plan, seat, step), start).id;
}

describe('walking a seat plan by keyboard', () => {
  test('left and right are the neighbours, and across the aisle the same row', () => {
    expect(walk('LB2', 'right')).toBe('LB3');
    expect(walk('LB2', 'left')).toBe('LB1');
    expect(walk('LB4', 'right')).toBe('RB1');
    expect(walk('RB1', 'left')).toBe('LB4');
  });

  test('up is towards the stage and down away from it', () => {
    expect(walk('LB2', 'up')).toBe('LA2');
    expect(walk('LB2', 'down')).toBe('LC2');
  });

  test('at the edge of the hall one stays', () => {
    expect(walk('LA1', 'left', 'up')).toBe('LA1');
    expect(walk('RC4', 'right', 'down')).toBe('RC4');
  });

  test('Home and End are the ends of the row, Page Down another section and round again', () => {
    expect(walk('LB2', 'row_end')).toBe('LB4');
    expect(walk('LB2', 'row_start')).toBe('LB1');
    expect(walk('LB2', 'next_section')).toBe('RA1');
    expect(walk('LB2', 'next_section', 'next_section')).toBe('LA1');
    expect(walk('LB2', 'previous_section')).toBe('RA1');
  });

  test('every seat is reached from every other', () => {
    const reached = new Set(['LA1']);
    const queue = ['LA1'];
    for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
      for (const step of ['left', 'right', 'up', 'down'] as const) {
        const to = walk(from, step);
        if (!reached.has(to)) queue.push(to);
        reached.add(to);
      }
    }
    expect(reached.size).toBe(plan.seats.length);
  });

  test('keys that are no steps are left alone', () => {
    expect(stepOfKey('ArrowUp')).toBe('up');
    expect(stepOfKey('a')).toBeUndefined();
    expect(stepOfKey('toString')).toBeUndefined();
  });
});
