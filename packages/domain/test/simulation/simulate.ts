import { AssertionError } from '../../src/index.ts';
import { checkEnd } from './check-end.ts';
import { checkStock } from './check-stock.ts';
import { core, type Core } from './core.ts';
import { heal } from './heal.ts';
import { openDoors } from './open-doors.ts';
import { runStep } from './run-step.ts';
import { drawHistory, type Step } from './steps.ts';
import { Fault } from './truth.ts';
import { newWorld, type World } from './world.ts';

/** Plays a history to its end, heals the world and checks it: the fault it comes to, or null. */
export function playHistory(history: readonly Step[], changed: Partial<Core> = {}): string | null {
  return playIn(newWorld({ ...core, ...changed }), history);
}

/** The same, in a world that the caller looks at afterwards. */
export function playIn(world: World, history: readonly Step[]): string | null {
  try {
    openDoors(world);
    for (const step of history) {
      runStep(world, step);
      checkStock(world);
    }
    heal(world);
    checkStock(world);
    checkEnd(world);
    return null;
  } catch (error) {
    if (error instanceof Fault || error instanceof AssertionError) return error.message;
    throw error;
  }
}

export function playSeed(seed: number, changed: Partial<Core> = {}): string | null {
  return playHistory(drawHistory(seed), changed);
}

/** The shortest history that can be had by leaving steps out and still breaks the same rule. */
export function shorten(history: readonly Step[], changed: Partial<Core> = {}): readonly Step[] {
  const rule = ruleOf(playHistory(history, changed));
  let shortest = history;
  for (let size = Math.ceil(history.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < shortest.length;) {
      const rest = shortest.toSpliced(from, size);
      if (ruleOf(playHistory(rest, changed)) === rule) shortest = rest;
      else from += size;
    }
  }
  return shortest;
}

function ruleOf(fault: string | null): string | undefined {
  return fault?.split(':')[0];
}
