import { describe, expect, test } from 'vitest';
import {
  newLicence,
  proposeSeal,
  proveLicence,
  sealConfirmed,
  type Licence,
  type Seals,
} from '../../src/index.ts';

/** One exchange: what both keep after it. `isAnswerLost`: the venue never hears of it. */
function exchange(
  licence: Licence,
  seals: Seals,
  random: string,
  isAnswerLost = false,
): { licence: Licence; seals: Seals; kind: string } {
  const proof = proposeSeal(seals, random);
  const stored: Seals = proof;
  const answer = proveLicence(licence, proof);
  const isHeard = answer.kind === 'confirmed' && !isAnswerLost;
  return {
    licence: answer.licence,
    seals: isHeard ? sealConfirmed(stored, proof) : stored,
    kind: answer.kind,
  };
}

const paired = { licence: newLicence('s0'), seals: { seal: 's0', next: null } };

describe('Y-30 a venue and its copies', () => {
  test('a venue goes on, and lost answers are no offence', () => {
    let { licence, seals }: { licence: Licence; seals: Seals } = paired;
    for (const [i, isLost] of [false, true, true, false, false, true, false].entries()) {
      const after = exchange(licence, seals, `s${i + 1}`, isLost);
      expect(after.kind).toBe('confirmed');
      ({ licence, seals } = after);
    }
    expect(licence.fenced).toBe(false);
  });

  test('an answer that comes late takes no newer seal back', () => {
    const proof = proposeSeal(paired.seals, 's1');
    const once = sealConfirmed(proof, proof);
    expect(once).toEqual({ seal: 's1', next: null });
    expect(sealConfirmed(once, proof)).toEqual(once);
    const later = proposeSeal(once, 's2');
    expect(sealConfirmed(later, proof)).toEqual(later);
  });

  test('a backup from before the last exchange is fenced, for ever', () => {
    const backup = paired.seals;
    const first = exchange(paired.licence, paired.seals, 's1');
    const second = exchange(first.licence, first.seals, 's2');
    const restored = exchange(second.licence, backup, 'x1');
    expect(restored.kind).toBe('fenced');
    expect(exchange(restored.licence, second.seals, 's3').kind).toBe('fenced');
  });

  test('of two copies of the same moment the second to come is fenced', () => {
    const one = exchange(paired.licence, paired.seals, 's1');
    const other = exchange(one.licence, paired.seals, 'x1');
    expect(other.kind).toBe('fenced');
  });

  test('two copies that had stored the same proposal part at the next one', () => {
    const proposed: Seals = { seal: 's0', next: 's1' };
    const one = exchange(paired.licence, proposed, '-');
    const other = exchange(one.licence, proposed, '-');
    expect([one.kind, other.kind]).toEqual(['confirmed', 'confirmed']);
    const oneMore = exchange(other.licence, one.seals, 's2');
    const otherMore = exchange(oneMore.licence, other.seals, 'x2');
    expect([oneMore.kind, otherMore.kind]).toEqual(['confirmed', 'fenced']);
  });
});
