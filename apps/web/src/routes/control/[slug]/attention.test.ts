import { describe, expect, it } from 'vitest';
import { attentionOf, isRefusing } from './attention.ts';
import { occupancyLevel } from './occupancy-level.ts';
import type { WallPlan } from './wall-plan.ts';

const now = new Date('2026-12-04T15:00:00Z');
const plan: WallPlan = {
  event: { id: '1', name: 'Con', slug: 'con', timeZone: 'America/Sao_Paulo' },
  plan: null,
  days: [],
  areas: [
    { id: '10', isOutside: true, name: 'Outside', capacity: null, polygon: [] },
    { id: '11', isOutside: false, name: 'Hall', capacity: 100, polygon: [] },
  ],
  checkpoints: [
    {
      id: '20',
      name: 'North',
      fromAreaId: '10',
      toAreaId: '11',
      directions: 'both',
      x: 0,
      y: 0,
      open: true,
    },
  ],
};
const noConflicts = { unseen: 0, lastAt: null };
const quiet = { people: new Map(), rates: new Map(), devices: new Map(), conflicts: noConflicts };

describe('what needs attention', () => {
  it('is nothing while all is quiet', () => {
    expect(attentionOf(plan, quiet, now)).toEqual([]);
  });

  it('is an area from 85 % of its capacity, and never the outside', () => {
    const at = (people: number) =>
      attentionOf(
        plan,
        {
          ...quiet,
          people: new Map([
            ['11', people],
            ['10', 9_999],
          ]),
        },
        now,
      ).map((a) => a.kind);
    expect([at(84), at(85), at(100)]).toEqual([[], ['area_nearly'], ['area_full']]);
  });

  it('is a checkpoint that refuses many and a large share', () => {
    expect(isRefusing({ admittedPerMinute: 11, exitedPerMinute: 0, refusedPerMinute: 5 })).toBe(
      true,
    );
    expect(isRefusing({ admittedPerMinute: 60, exitedPerMinute: 0, refusedPerMinute: 5 })).toBe(
      false,
    );
    expect(isRefusing({ admittedPerMinute: 0, exitedPerMinute: 0, refusedPerMinute: 4 })).toBe(
      false,
    );
  });

  it('is a device that was here within the hour, not one put away yesterday', () => {
    const seen = (lastSeenAt: string | null) =>
      attentionOf(
        plan,
        {
          ...quiet,
          devices: new Map([
            ['30', { id: '30', name: 'Phone', checkpointId: null, online: false, lastSeenAt }],
          ]),
        },
        now,
      ).length;
    expect([seen('2026-12-04T14:50:00Z'), seen('2026-12-03T14:50:00Z'), seen(null)]).toEqual([
      1, 0, 0,
    ]);
  });

  it('puts the most urgent first', () => {
    const found = attentionOf(
      plan,
      {
        people: new Map([['11', 90]]),
        rates: new Map([['20', { admittedPerMinute: 1, exitedPerMinute: 0, refusedPerMinute: 9 }]]),
        devices: new Map(),
        conflicts: { unseen: 2, lastAt: '2026-12-04T14:59:00Z' },
      },
      now,
    );
    expect(found.map((a) => a.kind)).toEqual(['conflict', 'refusing', 'area_nearly']);
  });
});

describe('the level of an area', () => {
  it('follows its share of the capacity', () => {
    expect([0, 60, 85, 100, 130].map((people) => occupancyLevel(people, 100))).toEqual([
      'open',
      'filling',
      'nearly_full',
      'full',
      'full',
    ]);
  });

  it('is open without a capacity, and full with a capacity of none', () => {
    expect([occupancyLevel(5_000, null), occupancyLevel(0, 0)]).toEqual(['open', 'full']);
  });
});
