import { describe, expect, test } from 'vitest';
import {
  callsCarriedMs,
  callsDue,
  checkDraw,
  enterWithinMs,
  estimateWait,
  placeState,
  type CallingRoom,
} from '../src/index.ts';

const room: CallingRoom = {
  perMinuteMax: 40,
  shoppersMax: 1_000,
  waiting: 1_000,
  shopping: 0,
  calledUntil: 0,
};

/** Looks at these instants, and counts who was called. */
function callAt(instants: readonly number[], start: CallingRoom = room): number[] {
  let state = start;
  return instants.map((now) => {
    const { calls, calledUntil } = callsDue(state, now);
    state = { ...state, calledUntil, waiting: state.waiting - calls };
    return calls;
  });
}

const seconds = (count: number, from = 1) =>
  Array.from({ length: count }, (_, i) => (from + i) * 1000);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe('W-5 a room calls at its pace', () => {
  test('forty a minute are forty a minute, though a second holds no whole number of them', () => {
    expect(sum(callAt(seconds(60)))).toBe(40);
    expect(sum(callAt(seconds(600)))).toBe(400);
  });

  test('whoever looks twice in one instant calls nobody the second time', () => {
    expect(callAt([1500, 1500])).toEqual([1, 0]);
  });

  test('a clock that goes back calls nobody', () => {
    expect(callAt([3000, 1000])).toEqual([1, 0]);
  });

  test('a clock that was an hour ahead and is set right stops nobody for an hour', () => {
    expect(callAt([3_600_000, 1_000, 2_500, 4_000])).toEqual([1, 0, 1, 1]);
  });

  test('the first is called at once, even where one comes in a minute', () => {
    expect(callAt([0, 59_000, 60_000], { ...room, perMinuteMax: 1, calledUntil: null })).toEqual([
      1, 0, 1,
    ]);
  });

  test('after standing still it makes up for two seconds, not for all of it', () => {
    const fast = { ...room, perMinuteMax: 600 };
    expect(callAt([600_000], fast)).toEqual([(600 * callsCarriedMs) / 60_000]);
  });
});

test('W-6 with the shop full nobody is called, and never more than have room', () => {
  expect(callsDue({ ...room, perMinuteMax: 6_000, shopping: 995 }, 1_000).calls).toBe(5);
  expect(callsDue({ ...room, shopping: 1_000 }, 60_000).calls).toBe(0);
  expect(callsDue({ ...room, shopping: 1_200 }, 60_000).calls).toBe(0);
});

test('W-7 nobody is called who is not there', () => {
  expect(callsDue({ ...room, perMinuteMax: 6_000, waiting: 3 }, 1_000).calls).toBe(3);
  expect(callsDue({ ...room, waiting: 0 }, 1_000).calls).toBe(0);
});

describe('W-8 W-9 W-10 where a place stands', () => {
  const place = { no: 7, calledAt: null, enteredAt: null, endedAt: null };
  const turnSeconds = 900;

  test('before the draw, waiting, called, in the shop, over', () => {
    expect(placeState({ ...place, no: null }, turnSeconds, 0)).toEqual({ kind: 'before_draw' });
    expect(placeState(place, turnSeconds, 0)).toEqual({ kind: 'waiting', no: 7 });
    const called = { ...place, calledAt: 1_000 };
    expect(placeState(called, turnSeconds, 1_000)).toEqual({
      kind: 'called',
      until: 1_000 + enterWithinMs,
    });
    const entered = { ...called, enteredAt: 5_000 };
    expect(placeState(entered, turnSeconds, 5_000)).toEqual({ kind: 'entered', until: 905_000 });
    expect(placeState({ ...entered, endedAt: 6_000 }, turnSeconds, 6_000)).toEqual({
      kind: 'ended',
      entered: true,
    });
  });

  test('a time that is over is over at its very instant, written down or not', () => {
    const called = { ...place, calledAt: 0 };
    expect(placeState(called, turnSeconds, enterWithinMs - 1).kind).toBe('called');
    expect(placeState(called, turnSeconds, enterWithinMs)).toEqual({
      kind: 'ended',
      entered: false,
    });
    const entered = { ...called, enteredAt: 0 };
    expect(placeState(entered, turnSeconds, 899_999).kind).toBe('entered');
    expect(placeState(entered, turnSeconds, 900_000)).toEqual({ kind: 'ended', entered: true });
  });
});

describe('W-12 the estimate says what is known', () => {
  test.each([
    [0, 60, null, 0, 1],
    [30, 60, null, 0, 1],
    [120, 60, 60, 2, 3],
    [300, 60, 30, 5, 15],
    [6_000, 60, 60, 90, 150],
    // A pace above the room's own is the making up of a pause.
    [120, 60, 90, 2, 3],
  ])('%i before, %i a minute, lately %s: %i to %i minutes', (before, max, lately, from, to) => {
    expect(estimateWait(before, max, lately)).toEqual({ fromMinutes: from, toMinutes: to });
  });

  test('with nobody called lately nobody knows when it ends', () => {
    expect(estimateWait(300, 60, 0)).toEqual({ fromMinutes: 5, toMinutes: null });
  });
});

describe('W-2 a draw can be checked afterwards', () => {
  test('first places first, each number once', () => {
    const drawn = [1, 1, 1, 2, 2, 3].map((networkNo, index) => ({ networkNo, no: index + 1 }));
    expect(checkDraw(drawn)).toEqual([]);
    expect(checkDraw(drawn.toReversed())).toEqual([]);
  });

  test('a second place before a first, and a number missing, are named', () => {
    expect(
      checkDraw([
        { networkNo: 2, no: 1 },
        { networkNo: 1, no: 2 },
      ]),
    ).toHaveLength(1);
    expect(
      checkDraw([
        { networkNo: 1, no: 1 },
        { networkNo: 1, no: 3 },
      ]),
    ).toEqual(['number 2 is not there once']);
  });
});
