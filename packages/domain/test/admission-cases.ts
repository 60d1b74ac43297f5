import type {
  AreaId,
  CodeFinding,
  DeviceFacts,
  NextCrossing,
  PassFacts,
  ScanFacts,
  Verdict,
} from '../src/index.ts';
import {
  anyDevice,
  areas,
  checkpoints,
  event,
  last,
  otherEvent,
  pass,
  scan,
  strangeCheckpoint,
  strangeType,
} from './convention.ts';

/** One row of the admission table. The same rows are written to `vectors/admission.json`, for every runtime. */
export interface AdmissionCase {
  /** Rule ids of SPEC.md first. */
  readonly title: string;
  readonly pass: PassFacts | null;
  readonly finding: CodeFinding;
  readonly scan: ScanFacts;
  readonly device: DeviceFacts;
  readonly occupancy: ReadonlyMap<AreaId, number>;
  readonly verdict: Verdict;
  readonly crossing?: Partial<NextCrossing>;
}

type Facts = Partial<Pick<AdmissionCase, 'finding' | 'device' | 'occupancy' | 'crossing'>>;

function row(
  title: string,
  pass: PassFacts | null,
  scan: ScanFacts,
  verdict: Verdict,
  facts: Facts = {},
): AdmissionCase {
  return {
    title,
    pass,
    finding: 'known',
    scan,
    device: anyDevice,
    occupancy: new Map(),
    verdict,
    ...facts,
  };
}

const noon = scan('gate', 'entry', 1, '12:00');
const leave = scan('gate', 'exit', 1, '12:00');
const { outside, hall, stage, backstage } = areas;

const devices: AdmissionCase[] = [
  row('A-6 a device of another event', pass('once'), noon, 'device_not_allowed', {
    device: { eventId: otherEvent, checkpointIds: null },
  }),
  row('A-6 a device that may scan elsewhere only', pass('once'), noon, 'device_not_allowed', {
    device: { eventId: event, checkpointIds: new Set([checkpoints.stageDoor]) },
  }),
  row('A-6 a device at its own checkpoint', pass('once'), noon, 'admitted', {
    device: { eventId: event, checkpointIds: new Set([checkpoints.gate]) },
  }),
  row(
    'A-6 a checkpoint of no event we judge',
    pass('once'),
    { ...noon, checkpointId: strangeCheckpoint },
    'device_not_allowed',
  ),
  row(
    'A-6 out through a way in',
    pass('once', last('hall')),
    scan('entranceOnly', 'exit', 1, '12:00'),
    'device_not_allowed',
  ),
  row(
    'A-6 in through a way out',
    pass('once'),
    scan('exitOnly', 'entry', 1, '12:00'),
    'device_not_allowed',
  ),
  row(
    'A-6 A-40 a device that is not allowed stops an exit too',
    pass('once', last('hall')),
    leave,
    'device_not_allowed',
    {
      device: { eventId: otherEvent, checkpointIds: null },
    },
  ),
];

const codes: AdmissionCase[] = [
  row('A-7 a code of nobody', null, noon, 'unknown_code', { finding: 'unknown_code' }),
  row('A-7 a good code whose pass is not here', null, noon, 'unknown_code'),
  row('A-7 a forged code', null, noon, 'bad_signature', { finding: 'bad_signature' }),
  row('A-7 a forged code that names a real pass', pass('once'), noon, 'bad_signature', {
    finding: 'bad_signature',
  }),
  row('A-7 a token of an event that is not judged here', null, noon, 'wrong_event', {
    finding: 'other_event',
  }),
  row(
    'A-7 a pass of another event',
    pass('once', null, { eventId: otherEvent }),
    noon,
    'wrong_event',
  ),
  row(
    'A-7 A-40 a forged code does not open the way out',
    pass('once', last('hall')),
    leave,
    'bad_signature',
    {
      finding: 'bad_signature',
    },
  ),
];

const standing: AdmissionCase[] = [
  ...(['revoked', 'refunded', 'unpaid', 'blocked'] as const).flatMap((status) => [
    row(`A-8 a pass that is ${status}`, pass('once', null, { status }), noon, status),
    row(
      `A-8 A-40 a pass that is ${status} may leave`,
      pass('once', last('hall'), { status }),
      leave,
      'exited',
    ),
  ]),
  row('A-8 a code that was replaced', pass('once'), noon, 'revoked', { finding: 'dead_medium' }),
  row(
    'A-8 a code that was replaced, of a pass that is refunded',
    pass('once', null, { status: 'refunded' }),
    noon,
    'revoked',
    {
      finding: 'dead_medium',
    },
  ),
  row('A-8 A-40 a code that was replaced may leave', pass('once', last('hall')), leave, 'exited', {
    finding: 'dead_medium',
  }),
];

const windows: AdmissionCase[] = [
  row(
    'A-50 an area the type never opens',
    pass('once', last('hall')),
    scan('backstageDoor', 'entry', 1, '12:00'),
    'wrong_area',
  ),
  row(
    'A-50 a type the rules do not know',
    pass('once', null, { typeId: strangeType }),
    noon,
    'wrong_area',
  ),
  row(
    'A-51 at the first instant of a window',
    pass('once'),
    scan('gate', 'entry', 1, '09:00'),
    'admitted',
  ),
  row(
    'A-51 at the instant a window ends',
    pass('twoSlots'),
    scan('gate', 'entry', 3, '16:00'),
    'expired',
  ),
  row('A-52 another day of the event', pass('dayTwo'), noon, 'wrong_day'),
  row('A-52 its day is over', pass('dayTwo'), scan('gate', 'entry', 3, '12:00'), 'wrong_day'),
  row(
    'A-53 the evening before the first day',
    pass('once'),
    scan('gate', 'entry', 0, '20:00'),
    'not_yet_valid',
  ),
  row(
    'A-53 before the first slot of the first day',
    pass('twoSlots'),
    scan('gate', 'entry', 1, '09:30'),
    'not_yet_valid',
  ),
  row(
    'A-54 the night after the last day',
    pass('once'),
    scan('gate', 'entry', 3, '23:00'),
    'expired',
  ),
  row(
    'A-54 after its only day, at night',
    pass('dayTwo'),
    scan('gate', 'entry', 2, '23:00'),
    'expired',
  ),
  row('A-55 between two slots', pass('twoSlots'), scan('gate', 'entry', 2, '13:00'), 'wrong_day'),
  row(
    'A-55 the night between two days',
    pass('oncePerDay'),
    scan('gate', 'entry', 1, '23:00'),
    'wrong_day',
  ),
  row(
    'A-51 a window on no event day',
    pass('builders'),
    scan('gate', 'entry', 0, '19:00'),
    'admitted',
    {
      crossing: { entries: 1, day: 0, dayEntries: 1 },
    },
  ),
  row('A-55 windows on no event day, on an event day', pass('builders'), noon, 'wrong_day'),
  row(
    'A-40 the window is over, and people leave',
    pass('once', last('hall')),
    scan('gate', 'exit', 3, '23:59'),
    'exited',
  ),
];

const first = { crossingNo: 1, fromArea: outside, toArea: hall, entries: 1, day: 1, dayEntries: 1 };
const once: AdmissionCase[] = [
  row('A-10 A-20 once: the first time', pass('once'), noon, 'admitted', { crossing: first }),
  row('A-20 once: again while inside', pass('once', last('hall')), noon, 'already_used'),
  row(
    'A-20 once: again after leaving',
    pass('once', last('outside', { crossingNo: 2 })),
    noon,
    'already_used',
  ),
  row(
    'A-20 once: again on another day',
    pass('once', last('hall')),
    scan('gate', 'entry', 2, '12:00'),
    'already_used',
  ),
];

const oncePerDay: AdmissionCase[] = [
  row('A-21 once a day: the first time', pass('oncePerDay'), noon, 'admitted', { crossing: first }),
  row(
    'A-21 once a day: again while inside',
    pass('oncePerDay', last('hall')),
    noon,
    'already_used',
  ),
  row(
    'A-21 once a day: again after leaving',
    pass('oncePerDay', last('outside', { crossingNo: 2 })),
    noon,
    'already_used',
  ),
  row(
    'A-21 once a day: the next day',
    pass('oncePerDay', last('outside', { crossingNo: 2 })),
    scan('gate', 'entry', 2, '12:00'),
    'admitted',
    {
      crossing: {
        crossingNo: 3,
        fromArea: outside,
        toArea: hall,
        entries: 2,
        day: 2,
        dayEntries: 1,
      },
    },
  ),
  row(
    'A-25 once a day: the next day, left inside by the record',
    pass('oncePerDay', last('stage')),
    scan('gate', 'entry', 2, '12:00'),
    'admitted',
    {
      crossing: { crossingNo: 2, fromArea: stage, toArea: hall, entries: 2, day: 2, dayEntries: 1 },
    },
  ),
  row(
    'A-13 once a day: a clock that went back opens no day again',
    pass('oncePerDay', last('outside', { day: 2, entries: 2 })),
    noon,
    'already_used',
  ),
];

const reentry: AdmissionCase[] = [
  row('A-22 re-entry: while inside', pass('reentry', last('hall')), noon, 'already_inside'),
  row(
    'A-22 re-entry: while further inside',
    pass('reentry', last('stage')),
    noon,
    'already_inside',
  ),
  row(
    'A-22 re-entry: after leaving',
    pass('reentry', last('outside', { crossingNo: 2 })),
    noon,
    'admitted',
    {
      crossing: {
        crossingNo: 3,
        fromArea: outside,
        toArea: hall,
        entries: 2,
        day: 1,
        dayEntries: 2,
      },
    },
  ),
  row(
    'A-25 re-entry: the next day, left inside by the record',
    pass('reentry', last('hall')),
    scan('gate', 'entry', 2, '12:00'),
    'admitted',
    {
      crossing: { crossingNo: 2, fromArea: hall, toArea: hall, entries: 2, day: 2, dayEntries: 1 },
    },
  ),
  row(
    'A-13 A-25 re-entry: the night is of the day before it',
    pass('builders', last('hall', { day: 0 })),
    scan('gate', 'entry', 0, '22:00'),
    'already_inside',
  ),
  row(
    'A-25 re-entry: seen inside today, so not left there yesterday',
    pass('reentry', last('stage', { crossingNo: 2, day: 2, dayEntries: 0 })),
    scan('gate', 'entry', 2, '12:00'),
    'already_inside',
  ),
];

const counted: AdmissionCase[] = [
  row(
    'A-23 three times: the third',
    pass('threeTimes', last('outside', { crossingNo: 4, entries: 2, dayEntries: 2 })),
    noon,
    'admitted',
    {
      crossing: { crossingNo: 5, entries: 3, dayEntries: 3 },
    },
  ),
  row(
    'A-23 three times: the fourth',
    pass('threeTimes', last('outside', { crossingNo: 6, entries: 3 })),
    noon,
    'too_many_entries',
  ),
  row('A-23 three times: while inside', pass('threeTimes', last('hall')), noon, 'already_inside'),
  row(
    'A-23 A-3 three times: the fourth, while inside',
    pass('threeTimes', last('hall', { entries: 3 })),
    noon,
    'too_many_entries',
  ),
  row(
    'A-25 three times: the next day, left inside by the record',
    pass('threeTimes', last('hall')),
    scan('gate', 'entry', 3, '12:00'),
    'admitted',
    {
      crossing: { crossingNo: 2, fromArea: hall, toArea: hall, entries: 2, day: 3, dayEntries: 1 },
    },
  ),
  row(
    'A-24 unlimited: while inside',
    pass('unlimited', last('stage', { entries: 40 })),
    noon,
    'admitted',
    {
      crossing: { crossingNo: 2, fromArea: stage, toArea: hall, entries: 41 },
    },
  ),
];

const inner: AdmissionCase[] = [
  row(
    'A-12 A-30 further in, which is no entry',
    pass('once', last('hall')),
    scan('stageDoor', 'entry', 1, '12:00'),
    'admitted',
    {
      crossing: { crossingNo: 2, fromArea: hall, toArea: stage, entries: 1, day: 1, dayEntries: 1 },
    },
  ),
  row(
    'A-30 further in without having come in',
    pass('once'),
    scan('stageDoor', 'entry', 1, '12:00'),
    'not_inside',
  ),
  row(
    'A-30 further in after leaving',
    pass('reentry', last('outside', { crossingNo: 2 })),
    scan('stageDoor', 'entry', 1, '12:00'),
    'not_inside',
  ),
  row(
    'A-11 A-30 from an area where no scan was missed',
    pass('unlimited', last('hall')),
    scan('stageToBackstage', 'entry', 1, '12:00'),
    'admitted',
    {
      crossing: { fromArea: hall, toArea: backstage },
    },
  ),
  row(
    'A-31 where it is already',
    pass('once', last('stage')),
    scan('stageDoor', 'entry', 1, '12:00'),
    'already_inside',
  ),
  row(
    'A-31 A-24 where it is already, unlimited',
    pass('unlimited', last('stage')),
    scan('stageDoor', 'entry', 1, '12:00'),
    'admitted',
    {
      crossing: { fromArea: stage, toArea: stage },
    },
  ),
  row(
    'A-13 A-30 further in on a later day, still inside by the record',
    pass('reentry', last('hall')),
    scan('stageDoor', 'entry', 2, '12:00'),
    'admitted',
    {
      crossing: { fromArea: hall, toArea: stage, entries: 1, day: 2, dayEntries: 0 },
    },
  ),
];

const exits: AdmissionCase[] = [
  row('A-11 A-40 out', pass('once', last('hall')), leave, 'exited', {
    crossing: { crossingNo: 2, fromArea: hall, toArea: outside, entries: 1, day: 1, dayEntries: 1 },
  }),
  row('A-11 A-40 out from where the record has it', pass('once', last('stage')), leave, 'exited', {
    crossing: { fromArea: stage, toArea: outside },
  }),
  row(
    'A-40 out of an inner area',
    pass('once', last('stage')),
    scan('stageDoor', 'exit', 1, '12:00'),
    'exited',
    {
      crossing: { fromArea: stage, toArea: hall },
    },
  ),
  row('A-40 out without having come in', pass('once'), leave, 'not_inside'),
  row('A-40 out twice', pass('unlimited', last('outside', { crossingNo: 2 })), leave, 'not_inside'),
  row(
    'A-40 A-62 out into an area that is full',
    pass('once', last('stage')),
    scan('stageDoor', 'exit', 1, '12:00'),
    'exited',
    {
      occupancy: new Map([[hall, 5]]),
    },
  ),
  row(
    'A-40 out, though a person should look',
    pass('once', last('hall'), { needsAttention: true }),
    leave,
    'exited',
  ),
];

const atLast: AdmissionCase[] = [
  row('A-60 the last place', pass('once'), noon, 'admitted', { occupancy: new Map([[hall, 4]]) }),
  row('A-60 no place', pass('once'), noon, 'area_full', { occupancy: new Map([[hall, 5]]) }),
  row('A-60 more people than a capacity that was lowered', pass('once'), noon, 'area_full', {
    occupancy: new Map([[hall, 9]]),
  }),
  row(
    'A-60 an area without a capacity',
    pass('unlimited', last('hall')),
    scan('backstageDoor', 'entry', 1, '12:00'),
    'admitted',
    {
      occupancy: new Map([[backstage, 10_000]]),
    },
  ),
  row(
    'A-61 within a full area',
    pass('reentry', last('hall')),
    scan('gate', 'entry', 2, '12:00'),
    'admitted',
    {
      occupancy: new Map([[hall, 5]]),
    },
  ),
  row(
    'A-64 a person must look',
    pass('once', null, { needsAttention: true }),
    noon,
    'needs_attention',
  ),
  row(
    'A-3 A-64 a person must look, and the area is full',
    pass('once', null, { needsAttention: true }),
    noon,
    'needs_attention',
    {
      occupancy: new Map([[hall, 5]]),
    },
  ),
];

export const admissionCases: readonly AdmissionCase[] = [
  ...devices,
  ...codes,
  ...standing,
  ...windows,
  ...once,
  ...oncePerDay,
  ...reentry,
  ...counted,
  ...inner,
  ...exits,
  ...atLast,
];
