import { describe, expect, test } from 'vitest';
import { core, without, wrongBefore } from './core.ts';
import { knownHistories } from './known-histories.ts';
import { playHistory, playIn, playSeed, shorten } from './simulate.ts';
import { drawHistory, readHistory, tellStep } from './steps.ts';
import { newWorld } from './world.ts';

const seeds = 10_000;
const seedsOfControl = 1000;

describe('two sites, six devices, and all that can go wrong', () => {
  test(`Y-1 to Y-63 hold in ${seeds} histories`, { timeout: 180_000 }, () => {
    for (let seed = 0; seed < seeds; seed++) {
      expect(playSeed(seed), `npm run simulate -- --from ${seed} --seeds 1`).toBeNull();
    }
  });

  test('the same seed is the same history, and a history can be told and read', () => {
    const history = drawHistory(7);
    expect(drawHistory(7)).toEqual(history);
    expect(readHistory(history.map(tellStep).join('\n'))).toEqual(history);
    expect(drawHistory(8)).not.toEqual(history);
  });

  test('the histories come to everything that is to be survived', () => {
    const seen = new Map<string, number>();
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
    for (let seed = 0; seed < 600; seed++) {
      const world = newWorld({ ...core, ...counting(count) });
      expect(playIn(world, drawHistory(seed))).toBeNull();
      for (const { site, body } of world.truth.salesFacts) {
        count(`${body.kind} at ${site === 1 ? 'the cloud' : 'a venue'}`);
        if (body.kind === 'authority') {
          count(body.authority.awaits === null ? 'authority taken' : 'authority handed over');
        }
      }
      for (const { body } of world.truth.scanFacts) {
        const how = body.alone === true ? 'alone' : 'at a site';
        count(`${body.verdict} ${how}`);
        if (body.verdict === 'admitted' && body.crossing === null) count('moved nobody');
      }
    }
    for (const what of mustBeSeen) expect(seen.get(what) ?? 0, what).toBeGreaterThan(10);
  });
});

/** The core, telling what came of it. */
function counting(count: (what: string) => void): Partial<typeof core> {
  return {
    takeFacts: (cursor, batch) => {
      const taken = core.takeFacts(cursor, batch);
      const isNew = taken.kind !== 'fresh' || taken.facts.length === batch.facts.length;
      count(isNew ? taken.kind : 'known before');
      return taken;
    },
    proveLicence: (licence, proof) => {
      const answer = core.proveLicence(licence, proof);
      count(answer.kind);
      return answer;
    },
    checkMark: (...of) => {
      const answer = core.checkMark(...of);
      count(answer);
      return answer;
    },
    mayJudge: (authority, site, scansNoOf) => {
      const answer = core.mayJudge(authority, site, scansNoOf);
      if (!answer && authority.site === site) count('waits for scans');
      return answer;
    },
    refundStep: (...of) => {
      const step = core.refundStep(...of);
      count(`refund: ${step}`);
      return step;
    },
    findDoubleEntries: (...of) => {
      const doubles = core.findDoubleEntries(...of);
      for (const { refusal } of doubles) count(`double: ${refusal}`);
      return doubles;
    },
    entriesAfterEnding: (...of) => {
      const entries = core.entriesAfterEnding(...of);
      for (const { kind } of entries) count(kind);
      return entries;
    },
  };
}

const mustBeSeen = [
  'fresh',
  'known before',
  'gap',
  'confirmed',
  'fenced',
  'proved',
  'unproved',
  'waits for scans',
  'authority handed over',
  'authority taken',
  ...['sold', 'units_given', 'units_asked', 'ended', 'renamed', 'reissued', 'accredited'].flatMap(
    (kind) => [`${kind} at the cloud`, `${kind} at a venue`],
  ),
  'refund: ask',
  'refund: carry_out',
  'refund: nothing',
  'admitted at a site',
  'admitted alone',
  'exited alone',
  'already_used at a site',
  'already_inside at a site',
  'revoked at a site',
  'refunded at a site',
  'moved nobody',
  'double: already_used',
  'double: already_inside',
  'double: too_many_entries',
  'admitted_after_revocation',
  'admitted_after_refund',
];

describe('a control for each safeguard', () => {
  test.each(Object.entries(without))(
    'a fault is found without it: %s',
    { timeout: 60_000 },
    (_, changed) => {
      const found = firstFault(changed);
      expect(found).toBeDefined();
      if (found === undefined) return;
      const short = shorten(drawHistory(found), changed);
      expect(playHistory(short, changed)).not.toBeNull();
      // With the safeguard, the same history is harmless.
      expect(playHistory(short)).toBeNull();
    },
  );
});

describe('histories that broke a rule once', () => {
  test.each(knownHistories)('$name', ({ history, without: name }) => {
    expect(playHistory(readHistory(history))).toBeNull();
    const changed = { ...without, ...wrongBefore }[name];
    expect(playHistory(readHistory(history), changed)).not.toBeNull();
  });
});

function firstFault(changed: Partial<typeof core>): number | undefined {
  for (let seed = 0; seed < seedsOfControl; seed++) {
    if (playSeed(seed, changed) !== null) return seed;
  }
  return undefined;
}
