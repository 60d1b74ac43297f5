import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AssertionError,
  crossingsPerEpoch,
  epochMax,
  epochOf,
  firstAuthority,
  handOver,
  laterAuthority,
  mayJudge,
  nextCrossingNo,
  takeOver,
  type Authority,
  type AuthorityRefusal,
  type Site,
} from '../../src/index.ts';

const cloud: Site = { no: 1, kind: 'cloud' };
const venue: Site = { no: 7, kind: 'venue' };

function granted(answer: Authority | AuthorityRefusal): Authority {
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
}

const hasAll = () => Infinity;
const has = (scansNo: number) => (site: number) => (site === cloud.no ? scansNo : 0);

describe('who judges', () => {
  const first = firstAuthority(cloud);
  const scans = [{ site: cloud.no, scansNo: 40 }];

  test('Y-20 one site judges, and hands over to the other', () => {
    expect(mayJudge(first, cloud.no, has(0))).toBe(true);
    expect(mayJudge(first, venue.no, hasAll)).toBe(false);
    const handed = granted(handOver(first, cloud, venue, scans));
    expect(handed).toEqual({ epoch: 1, site: venue.no, awaits: scans });
    expect(mayJudge(handed, cloud.no, hasAll)).toBe(false);
    expect(handOver(handed, cloud, venue, scans)).toEqual({ refused: 'not_holder' });
  });

  test('Y-21 the new holder judges once it has all scans of the one before', () => {
    const handed = granted(handOver(first, cloud, venue, scans));
    expect(mayJudge(handed, venue.no, has(39))).toBe(false);
    expect(mayJudge(handed, venue.no, has(40))).toBe(true);
    const withOthers = [...scans, { site: 5, scansNo: 3 }];
    expect(mayJudge({ ...handed, awaits: withOthers }, venue.no, has(40))).toBe(false);
  });

  test('Y-22 authority can be taken without consent, and waits for nothing', () => {
    const taken = granted(takeOver(first, venue, hasAll));
    expect(taken).toEqual({ epoch: 1, site: venue.no, awaits: null });
    expect(mayJudge(taken, venue.no, has(0))).toBe(true);
    expect(takeOver(taken, venue, hasAll)).toEqual({ refused: 'judges_already' });
  });

  test('Y-22 who waits for the other one to send may take it, too', () => {
    const handed = granted(handOver(first, cloud, venue, scans));
    const taken = granted(takeOver(handed, venue, has(30)));
    expect(taken).toEqual({ epoch: 3, site: venue.no, awaits: null });
    expect(laterAuthority(handed, taken)).toEqual(taken);
  });

  test('Y-20 two sites never make the same epoch for themselves, and agree on the later one', () => {
    const act = fc.constantFrom('cloud hands', 'venue hands', 'cloud takes', 'venue takes', 'meet');
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        let [atCloud, atVenue] = [first, first];
        const ownerOf = new Map<number, number>();
        const keep = (answer: Authority | AuthorityRefusal, now: Authority): Authority => {
          if ('refused' in answer) return now;
          expect(ownerOf.get(answer.epoch) ?? answer.site).toBe(answer.site);
          ownerOf.set(answer.epoch, answer.site);
          return answer;
        };
        for (const one of acts) {
          if (one === 'cloud hands')
            atCloud = keep(handOver(atCloud, cloud, venue, scans), atCloud);
          if (one === 'venue hands') atVenue = keep(handOver(atVenue, venue, cloud, []), atVenue);
          if (one === 'cloud takes') atCloud = keep(takeOver(atCloud, cloud, hasAll), atCloud);
          if (one === 'venue takes') atVenue = keep(takeOver(atVenue, venue, has(0)), atVenue);
          const later = laterAuthority(atCloud, atVenue);
          expect(laterAuthority(atVenue, atCloud)).toEqual(later);
          if (one === 'meet') [atCloud, atVenue] = [later, later];
        }
      }),
    );
  });

  test('Y-20 epochs end', () => {
    const last: Authority = { epoch: epochMax, site: cloud.no, awaits: null };
    expect(handOver(last, cloud, venue, scans)).toEqual({ refused: 'no_more_epochs' });
    expect((epochMax + 1) * crossingsPerEpoch - 1).toBeLessThan(2 ** 31);
  });
});

describe('A-10 numbers of crossings', () => {
  test('count from one in each epoch, and from nothing in the first', () => {
    expect([nextCrossingNo(0, 0), nextCrossingNo(1, 0), nextCrossingNo(41, 0)]).toEqual([1, 2, 42]);
    expect(nextCrossingNo(41, 1)).toBe(65_537);
    expect(nextCrossingNo(65_537, 1)).toBe(65_538);
    expect(nextCrossingNo(65_538, 4)).toBe(4 * 65_536 + 1);
  });

  test('tell their epoch', () => {
    fc.assert(
      fc.property(fc.nat(epochMax), fc.nat(epochMax), (a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        const no = nextCrossingNo(nextCrossingNo(0, early), late);
        expect(epochOf(no)).toBe(late);
        expect(no).toBeGreaterThan(nextCrossingNo(0, early));
      }),
    );
  });

  test('an authority that is over, or an epoch that is full, is a bug', () => {
    expect(() => nextCrossingNo(65_537, 0)).toThrow(AssertionError);
    expect(() => nextCrossingNo(65_535, 0)).toThrow(AssertionError);
    expect(nextCrossingNo(65_534, 0)).toBe(65_535);
  });
});
