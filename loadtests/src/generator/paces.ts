import type { Load } from './orders.ts';
import type { Pace, Run } from './run.ts';
import type { Line } from './wire.ts';

/** How often (ms) an open loop looks which scans are due; the mean of half of it is in its latencies. */
const tickMs = 1;

export function paceOf(load: Load): Pace {
  return load.kind === 'closed' ? new ClosedLoop() : new OpenLoop(load.perSecond);
}

/** Every scanner has one scan in flight: as much as the service can take. */
class ClosedLoop implements Pace {
  #run: Run | undefined;

  start(run: Run): void {
    this.#run = run;
    for (const line of run.lines) this.freed(line);
  }

  freed(line: Line): void {
    if (this.#run?.goesOn) this.#run.sendNext(line, performance.now());
  }
}

/** Scans come at their times, whether the ones before were answered or not. */
class OpenLoop implements Pace {
  readonly #everyMs: number;

  constructor(perSecond: number) {
    this.#everyMs = 1000 / perSecond;
  }

  start(run: Run): void {
    const startedAt = performance.now();
    let index = 0;
    const tick = (): void => {
      const now = performance.now();
      for (let dueAt = startedAt + index * this.#everyMs; dueAt <= now && run.goesOn;) {
        const line = run.lines[index % run.lines.length];
        if (line) run.sendNext(line, dueAt);
        index += 1;
        dueAt = startedAt + index * this.#everyMs;
      }
      if (run.goesOn) setTimeout(tick, tickMs);
    };
    tick();
  }

  freed(): void {}
}
