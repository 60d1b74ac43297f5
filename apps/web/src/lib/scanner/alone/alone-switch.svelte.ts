/** A person at a gate is not left waiting longer (ms): then the device decides by itself. */
export const patienceMs = 1_500;

/**
 * Whether this device is alone. It becomes so when the line was down, or the server silent, for longer than anybody waits; and stays
 * so until the server has taken all that was decided meanwhile: before that, it would judge on less than this device knows.
 */
export class AloneSwitch {
  isAlone = $state(false);
  #isUp = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  lineDown(): void {
    this.#isUp = false;
    this.#timer ??= setTimeout(() => (this.isAlone = true), patienceMs);
  }

  /** `waiting`: scans that are still to be told. */
  lineUp(waiting: number): void {
    this.#isUp = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.told(waiting);
  }

  /** Nobody answered in time. */
  unanswered(): void {
    this.isAlone = true;
  }

  /** The server took something. */
  told(waiting: number): void {
    if (this.#isUp && waiting === 0) this.isAlone = false;
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
