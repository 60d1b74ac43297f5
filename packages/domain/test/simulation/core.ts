import {
  checkMark,
  credentialId,
  entriesAfterEnding,
  findDoubleEntries,
  giveUnits,
  makeId,
  mayJudge,
  mergeStatus,
  moveOnMerge,
  laterVersion,
  nextMediumNo,
  nextVersion,
  proveLicence,
  refundStep,
  takeFacts,
  type Cursor,
  type FactBatch,
  type Move,
  type PassId,
  type TakenFacts,
} from '../../src/index.ts';

/** The person's key as a digest; any will do here that differs for each. */
function credentialOf(person: number): PassId {
  return credentialId(new Uint8Array(8).fill(person + 1));
}

/** What the simulated sites and devices decide with: the functions of the product, where a control can take one away. */
export const core = {
  takeFacts,
  giveUnits,
  proveLicence,
  checkMark,
  mayJudge,
  mergeStatus,
  laterVersion,
  nextVersion,
  nextMediumNo,
  refundStep,
  moveOnMerge,
  findDoubleEntries,
  entriesAfterEnding,
  /** The id of a person's credential, granted at a site as its `counter`-th row. */
  credentialIdOf: (person: number, _site: number, _counter: number): PassId => credentialOf(person),
  /** The epoch that crossings are numbered in. */
  epochOfCrossings: (epoch: number): number => epoch,
  /** Whether a device keeps its scans until a site has them. */
  keepsUntilAcknowledged: true,
  /** Whether the mark is written after each commit, and not now and then. */
  marksEachCommit: true,
  /** Whether a machine that starts marks what it committed before it died. */
  marksAtStart: true,
  /** Whether an older seal ends only who shows it, and not the licence. */
  sparesTheLicence: true,
  /** Whether what a lost venue may have sold is sold by nobody else. */
  writesOff: true,
  /** Whether a venue that takes the place of another has all facts before it works. */
  newVenueCatchesUp: true,
  /** Whether a scan that was judged here before keeps its verdict. */
  keepsVerdicts: true,
  /** Whether an attempt that two sites judged is kept as both recorded it. */
  keepsBothRecords: true,
  /** Whether scans wait for the sales before them. */
  salesComeFirst: true,
  /** Whether a second attempt, alone, names the first. */
  namesFirstAttempt: true,
};

export type Core = typeof core;

function takeAll<Body>(cursor: Cursor, { facts }: FactBatch<Body>): TakenFacts<Body> {
  const last = facts.at(-1);
  return { kind: 'fresh', facts, cursor: last ? { no: last.no, id: last.id } : cursor };
}

function takeOverGaps<Body>(cursor: Cursor, batch: FactBatch<Body>): TakenFacts<Body> {
  return takeAll(cursor, { ...batch, facts: batch.facts.filter(({ no }) => no > cursor.no) });
}

/** Each safeguard, taken away: what a site would do without it. */
export const without: Readonly<Record<string, Partial<Core>>> = {
  'facts are taken once': { takeFacts: takeAll },
  'a gap is refused': { takeFacts: takeOverGaps },
  'a giver has less at once': { giveUnits: (stock) => stock },
  'an older seal is fenced': {
    proveLicence: (licence, proof) => ({ kind: 'confirmed', licence: { ...licence, ...proof } }),
  },
  'a database without its mark sells nothing': { checkMark: () => 'proved' },
  'one site judges': { mayJudge: () => true },
  'the new judge waits for all scans': { mayJudge: (authority, site) => authority.site === site },
  'crossings are numbered in epochs': { epochOfCrossings: () => 0 },
  'money goes back where it came from': {
    refundStep: (_, { refund }) => (refund === 'carried_out' ? 'nothing' : 'carry_out'),
  },
  'the graver status stays': { mergeStatus: (_, b) => b },
  'the higher version stays': { laterVersion: (_, b) => b },
  'a version is above all known': { nextVersion: (_, site) => ({ version: 1, site }) },
  'each site numbers its own media': {
    nextMediumNo: (highest) => nextMediumNo(highest, highest % 4 === 0 ? 'cloud' : 'venue'),
  },
  'a credential has the id of its person': {
    credentialIdOf: (_, site, counter) => makeId<PassId>(site, BigInt(counter)),
  },
  'people are moved from where they were': {
    moveOnMerge: (_, after, outside): Move | null =>
      after && { fromArea: outside, toArea: after.toArea },
  },
  'double entries are found': { findDoubleEntries: () => [] },
  'an ending names what it knew': {
    entriesAfterEnding: (ending, entries) =>
      entriesAfterEnding({ ...ending, scansTaken: [] }, entries),
  },
  'entries after an ending are found': { entriesAfterEnding: () => [] },
  'a device keeps its scans until a site has them': { keepsUntilAcknowledged: false },
  'the mark follows each commit': { marksEachCommit: false },
  'what was committed before a crash is marked': { marksAtStart: false },
  'a request that comes late fences nobody': { sparesTheLicence: false },
  'what a lost venue had is sold by nobody': { writesOff: false },
  'a new venue has all facts before it works': { newVenueCatchesUp: false },
  'a scan id has one verdict': { keepsVerdicts: false },
  'an attempt that two sites judged is kept twice': { keepsBothRecords: false },
  'scans come after the sales before them': { salesComeFirst: false },
  'a second attempt names the first': { namesFirstAttempt: false },
};

/** What the rules said before a history showed that they were wrong; too rare to be found among a thousand. */
export const wrongBefore: Readonly<Record<string, Partial<Core>>> = {
  'a replaced code is not the end of its pass': {
    entriesAfterEnding: (ending, entries) =>
      entriesAfterEnding(
        ending,
        // As if a verdict told what became of the pass: `revoked` is said of a dead code, too.
        entries.map((entry) => ({
          ...entry,
          mergeStatus:
            'mergeVerdict' in entry && entry.mergeVerdict === 'revoked'
              ? 'revoked'
              : entry.mergeStatus,
        })),
      ),
  },
};
