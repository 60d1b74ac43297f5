import { Line } from './line.js';
import {
  busy,
  doubleAdmissions,
  finished,
  lostVerdicts,
  refusals,
  resent,
  scans,
  verdictMs,
  wrongVerdicts,
} from './metrics.js';

/** A device asks again after this (ms) when the gate is busy. */
const busyPauseMs = 100;

/**
 * A scanner at a gate: its own WebSocket, one person after the other. It scans when the next person is due, or as soon as the one
 * before has a verdict. When its line is cut it goes to the next address, and sends the open scan again with its id.
 */
export class Device {
  #next;
  #line;
  #upcoming;
  #open;
  /** The next person is due. */
  #due;
  /** Patience ends. */
  #end;

  /**
   * `next()`: the next scan, `{ id, dueAt, code, checkpointId, direction, expected }`, undefined after the last. `place`: of the first
   * address in `urls`. `giveUpAt` (ms since 1970): what has no verdict by then is lost.
   */
  constructor({ urls, place, token, next, giveUpAt }) {
    this.#next = next;
    this.#upcoming = next();
    this.#line = new Line({
      addresses: urls.map((url) => `${url}/v1/gate`),
      protocols: ['catraca.gate.v1', `token.${token}`],
      place,
      onMessage: (text) => this.#read(text),
    });
    this.#end = setTimeout(() => this.#stop(), giveUpAt - Date.now());
  }

  /** Called whenever something has happened. */
  #goOn() {
    clearTimeout(this.#due);
    if (!this.#line.isReady || this.#open) return;
    if (!this.#upcoming) return this.#stop();
    const waitMs = this.#upcoming.dueAt - Date.now();
    if (waitMs > 0) {
      this.#due = setTimeout(() => this.#goOn(), waitMs);
      return;
    }
    this.#open = this.#upcoming;
    this.#upcoming = this.#next();
    this.#send();
  }

  #send() {
    const { id: scanId, code, checkpointId, direction } = this.#open;
    const scannedAt = new Date().toISOString();
    this.#line.send({ type: 'scan', scanId, code, checkpointId, direction, scannedAt });
  }

  /** The greeting lists all gates: hundreds of devices that come back at once would keep k6 busy with reading it. */
  #read(text) {
    if (text.startsWith('{"type":"hello"')) this.#welcome();
    else this.#hear(JSON.parse(text));
  }

  #hear(message) {
    switch (message.type) {
      case 'verdict':
        return this.#judge(message);
      case 'busy':
        busy.add(1);
        setTimeout(() => this.#sendAgain(message.scanId), busyPauseMs);
        return;
      case 'draining':
        return this.#line.leave();
      case 'config_changed':
      case 'pong':
        return;
      default:
        console.error(`a device heard ${JSON.stringify(message)}`);
        wrongVerdicts.add(1);
    }
  }

  #welcome() {
    this.#line.welcome();
    if (!this.#open) return this.#goOn();
    resent.add(1);
    this.#send();
  }

  #sendAgain(scanId) {
    if (this.#line.isReady && this.#open?.id === scanId) this.#send();
  }

  #judge({ scanId, verdict }) {
    const scan = this.#open;
    // The verdict of a scan that was sent twice may come twice.
    if (scan?.id !== scanId) return;
    this.#open = undefined;
    scans.add(1);
    verdictMs.add(Date.now() - scan.dueAt);
    if (verdict !== 'admitted' && verdict !== 'exited') refusals.add(1);
    if (!scan.expected.includes(verdict)) this.#complain(scan, verdict);
    this.#goOn();
  }

  #complain({ id, expected }, verdict) {
    console.error(`scan ${id}: ${verdict} instead of ${expected.join(' or ')}`);
    wrongVerdicts.add(1);
    if (verdict === 'admitted' && expected.includes('already_used')) doubleAdmissions.add(1);
  }

  #stop() {
    clearTimeout(this.#due);
    clearTimeout(this.#end);
    let lost = this.#open ? 1 : 0;
    for (let scan = this.#upcoming; scan; scan = this.#next()) lost += 1;
    lostVerdicts.add(lost);
    finished.add(1);
    this.#line.close();
  }
}
