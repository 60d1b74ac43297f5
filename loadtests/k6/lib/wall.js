import { Line } from './line.js';
import { finished, wallFrames, wrongWalls } from './metrics.js';

const lookEveryMs = 500;

/**
 * A wall that watches an event. It counts the frames, which must have no gap, and reads the totals; when its line is cut it resumes at
 * the next address. It ends when it shows `totals`, `{ admitted, exited, refused }`, or at `giveUpAt` (ms since 1970), which is wrong.
 */
export class Wall {
  #wanted;
  #giveUpAt;
  #line;
  #timer;
  #cursor;
  #shown;

  constructor({ urls, place, ticket, totals, giveUpAt }) {
    this.#wanted = JSON.stringify(totals);
    this.#giveUpAt = giveUpAt;
    this.#line = new Line({
      addresses: urls.map((url) => `${url}/v1/live`),
      protocols: ['catraca.live.v1', `token.${ticket}`],
      place,
      onOpen: () =>
        this.#line.send(this.#cursor ? { type: 'resume', ...this.#cursor } : { type: 'start' }),
      onMessage: (text) => this.#read(text),
    });
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  /** Hundreds of walls in one process read ten frames a second: no more of a frame is parsed than is needed. */
  #read(text) {
    wallFrames.add(1);
    if (!this.#line.isReady) this.#line.welcome();
    const seq = Number(/"seq":([0-9]+)/.exec(text)?.[1]);
    if (text.includes('"type":"snapshot"')) {
      this.#cursor = { epoch: JSON.parse(text).epoch, seq };
    } else {
      if (seq !== this.#cursor.seq + 1) this.#fail(`frame ${seq} after ${this.#cursor.seq}`);
      this.#cursor.seq = seq;
    }
    const totals = /"totals":({[^}]*})/.exec(text)?.[1];
    if (totals !== undefined) this.#shown = totals;
  }

  #look() {
    const isDone = this.#isShown();
    if (!isDone && Date.now() < this.#giveUpAt) return;
    clearInterval(this.#timer);
    if (!isDone) this.#fail(`${this.#shown} instead of ${this.#wanted}`);
    finished.add(1);
    this.#line.close();
  }

  #isShown() {
    if (this.#shown === undefined) return false;
    const { admitted, exited, refused } = JSON.parse(this.#shown);
    return JSON.stringify({ admitted, exited, refused }) === this.#wanted;
  }

  #fail(what) {
    console.error(`a wall: ${what}`);
    wrongWalls.add(1);
  }
}
