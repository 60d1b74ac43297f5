import { describe, expect, test } from 'vitest';
import { planOf } from './seat-plan.ts';

function row(section: string, name: string, y: number, left = 0) {
  const seats = [1, 2, 3].map((number) => ({
    id: `${section}${name}${number}`,
    number,
    x: left + number * 10,
    y,
    ...{ accessible: false, companion: false, outOfSale: false },
  }));
  return { section, row: name, seats };
}

describe('a seat plan', () => {
  const plan = planOf({
    rows: [row('Balcony', 'A', 60), row('Stalls', '10', 20), row('Stalls', '2', 10)],
    ...{ drawn: [], noSingleSeats: false },
  });

  test('begins at the stage: sections and rows nearest to it come first', () => {
    expect(plan.sections.map(({ name }) => name)).toEqual(['Stalls', 'Balcony']);
    expect(plan.sections[0]?.rows.map(({ name }) => name)).toEqual(['2', '10']);
    expect(plan.seats[0]).toMatchObject({ section: 'Stalls', row: '2', number: 1 });
  });

  test('takes the size of a seat from its neighbours', () => {
    expect(plan.pitch).toBe(10);
  });

  test('puts the stage above the seats, and room around both', () => {
    const bottom = (plan.stage?.top ?? NaN) + (plan.stage?.height ?? NaN);
    expect(bottom).toBeLessThan(10);
    expect(plan.bounds.top).toBeLessThan(plan.stage?.top ?? NaN);
    expect(plan.bounds.top + plan.bounds.height).toBeGreaterThan(60);
  });
});
