/** The last minutes tell how the room really moves. */
const windowMs = 3 * 60_000;

/** Before this much of it is known, it is not known. */
const knownAfterMs = 30_000;

interface Sample {
  readonly at: number;
  readonly calledNo: number;
}

/** How fast a room was called lately, as seen from here. */
export class Pace {
  #samples: Sample[] = [];

  /** What was read at an instant (ms). While nobody waits, nobody is called, and that says nothing. */
  add(at: number, calledNo: number, waiting: number): void {
    const last = this.#samples.at(-1);
    if (waiting === 0 || (last && calledNo < last.calledNo)) this.#samples = [];
    if (waiting === 0) return;
    this.#samples = this.#samples.filter((sample) => sample.at >= at - windowMs);
    this.#samples.push({ at, calledNo });
  }

  /** Null while it is not known. */
  get perMinute(): number | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at - first.at < knownAfterMs) return null;
    return ((last.calledNo - first.calledNo) * 60_000) / (last.at - first.at);
  }
}
