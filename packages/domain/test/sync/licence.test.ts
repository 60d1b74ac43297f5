import { describe, expect, test } from 'vitest';
import {
  newLicence,
  proposeSeal,
  proveLicence,
  sealAnswered,
  type Licence,
  type Seals,
} from '../../src/index.ts';

interface Both {
  readonly licence: Licence;
  readonly seals: Seals;
}

/** One exchange: what both keep after it. `isAnswerLost`: the venue never hears of it. */
function exchange(both: Both, random: string, isAnswerLost = false): Both {
  const proof = proposeSeal(both.seals, random);
  const stored: Seals = { ...both.seals, ...proof };
  const answer = proveLicence(both.licence, proof);
  return {
    licence: answer.kind === 'confirmed' ? answer.licence : both.licence,
    seals: isAnswerLost ? stored : sealAnswered(stored, proof, answer.kind),
  };
}

const firstSeals: Seals = { seal: 's0', next: null, fenced: false };
const paired: Both = { licence: newLicence('s0'), seals: firstSeals };

describe('Y-30 a venue and its copies', () => {
  test('a venue goes on, and lost answers are no offence', () => {
    let both = paired;
    for (const [i, isLost] of [false, true, true, false, false, true, false].entries()) {
      both = exchange(both, `s${i + 1}`, isLost);
      expect(both.seals.fenced).toBe(false);
    }
    expect(both.seals.seal).toBe('s6');
  });

  test('a backup from before the last exchanges fences itself, and the one that went on goes on', () => {
    const now = exchange(exchange(paired, 's1'), 's2');
    const restored = exchange({ licence: now.licence, seals: firstSeals }, 'x1');
    expect(restored.seals.fenced).toBe(true);
    expect(exchange({ ...now, licence: restored.licence }, 's3').seals.fenced).toBe(false);
  });

  test('of two copies of the same moment the second to come is fenced', () => {
    const one = exchange(paired, 's1');
    const other = exchange({ licence: one.licence, seals: firstSeals }, 'x1');
    expect(other.seals.fenced).toBe(true);
  });

  test('two copies that had stored the same proposal part at the next one', () => {
    const proposed: Both = { ...paired, seals: { ...firstSeals, next: 's1' } };
    const one = exchange(proposed, '-');
    const other = exchange({ ...proposed, licence: one.licence }, '-');
    expect([one.seals.fenced, other.seals.fenced]).toEqual([false, false]);
    const oneMore = exchange({ ...one, licence: other.licence }, 's2');
    const otherMore = exchange({ ...other, licence: oneMore.licence }, 'x2');
    expect([oneMore.seals.fenced, otherMore.seals.fenced]).toEqual([false, true]);
  });

  test('a request that was a long time on its way harms nobody, whenever it comes', () => {
    const stray = proposeSeal(firstSeals, 's1');
    let both = paired;
    for (const next of ['s1', 's2', 's3', 's4']) {
      const answer = proveLicence(both.licence, stray);
      if (answer.kind === 'confirmed') both = { ...both, licence: answer.licence };
      both = { ...both, seals: sealAnswered(both.seals, stray, answer.kind) };
      both = exchange(both, next);
      expect(both.seals).toEqual({ seal: next, next: null, fenced: false });
    }
  });

  test('a venue that was paired anew is over', () => {
    const over = exchange({ ...paired, licence: { ...paired.licence, fenced: true } }, 's1');
    expect(over.seals.fenced).toBe(true);
  });
});
