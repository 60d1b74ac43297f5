import { isAdmission, uuidv7, uuidv7RandomBytes } from '@catraca/domain';
import { clampCode } from '@catraca/protocol';
import type { HelloMessage, RefusedMessage, ScanMessage, VerdictMessage } from '@catraca/protocol';
import { AloneSwitch, patienceMs } from './alone/alone-switch.svelte.ts';
import type { Alone } from './alone/alone.svelte.ts';
import { BundleFeed } from './alone/bundle-feed.ts';
import type { DecodedCode } from './decode/worker-messages.ts';
import type { DeviceStore, PastScan, Post, StoredDevice } from './device-store.ts';
import { GateClient, type GateStatus } from './gate/gate-client.svelte.ts';
import type { ScanHistory } from './scan-history.svelte.ts';
import type { Signals } from './signals.svelte.ts';
import { classOfAnswer } from './verdict-class.ts';
import { ViewTracker } from './view-tracker.ts';

export type Checkpoint = HelloMessage['checkpoints'][number];

/** How long a green stays (ms): long enough to be seen and short enough for the next person. Refusals stay until tapped. */
const greenForMs = 1_200;
/** A scan without an answer for so long (ms) is said to be: until then the camera stays on the screen. */
const slowAfterMs = 400;

/** What the gate said to a scan: a verdict, or why it was not taken. */
export interface AnsweredView {
  readonly kind: 'answered';
  readonly scan: ScanMessage;
  readonly answer: VerdictMessage | RefusedMessage;
  /** This device said it itself. */
  readonly alone: boolean;
}

/** What fills the screen. It is `answered` once the server has stored the scan, or this device has, where it is alone. */
export type StationView =
  | { readonly kind: 'ready' }
  | { readonly kind: 'asking'; readonly scan: ScanMessage; readonly slow: boolean }
  | AnsweredView;

export interface StationParts {
  readonly post: Post | undefined;
  readonly history: ScanHistory;
  readonly signals: Signals;
  readonly alone: Alone;
  readonly store: DeviceStore;
}

/** What the server told, as this device kept it. */
export interface KeptOfServer {
  readonly hello: HelloMessage | undefined;
  readonly clockOffsetMs: number | undefined;
}

/** A device at its checkpoint: takes codes from camera, reader and hand, and shows what the gate says of them. */
export class Station {
  readonly gate: GateClient;
  /** The device's own secret, for what it asks of our API. */
  readonly token: string;
  view = $state.raw<StationView>({ kind: 'ready' });
  post = $state.raw<Post | undefined>();
  /** Answers that came after the person before the screen had changed, not looked at yet. */
  lateAnswers = $state(0);

  readonly history: ScanHistory;
  readonly signals: Signals;
  readonly alone: Alone;
  readonly switch = new AloneSwitch();
  readonly #store: DeviceStore;
  readonly #feed: BundleFeed;
  readonly #tracker = new ViewTracker();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `origin` is the realtime service's; `kept` what it told before this page was opened. */
  constructor(origin: string, device: StoredDevice, parts: StationParts, kept: KeptOfServer) {
    this.token = device.token;
    this.post = parts.post;
    this.history = parts.history;
    this.signals = parts.signals;
    this.alone = parts.alone;
    this.#store = parts.store;
    const handlers = {
      onanswer: (scan: ScanMessage, answer: VerdictMessage | RefusedMessage) =>
        scan.alone ? void this.#told(scan, answer) : this.#answered(scan, answer),
      onstatus: (status: GateStatus) => this.#statusChanged(status),
    };
    this.gate = new GateClient(origin, device.token, handlers, kept);
    this.#feed = new BundleFeed(origin, device.token, {
      cursor: () => this.alone.data.cursor,
      take: (bytes) => {
        this.#keepClock();
        return this.alone.data.add(bytes);
      },
    });
  }

  /** It decides by itself, and can. */
  get isAlone(): boolean {
    return this.switch.isAlone && this.alone.isReady;
  }

  /** Scans of which no server knows yet, as far as this device knows. */
  get waiting(): number {
    return this.alone.waiting + this.gate.waiting;
  }

  /** Where it stands, if the gate still knows that checkpoint and the direction is one it has. */
  get checkpoint(): Checkpoint | undefined {
    const { post } = this;
    return this.gate.hello?.checkpoints.find(
      ({ id, directions }) =>
        id === post?.checkpointId && (directions === 'both' || directions === post.direction),
    );
  }

  start(): void {
    this.switch.lineDown();
    this.gate.open();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#feed.stop();
    this.switch.close();
    this.gate.close();
    this.signals.close();
  }

  /** Codes in one frame of the camera, or one from a reader: those that were scanned and are still there do nothing. */
  see(codes: readonly Pick<DecodedCode, 'text'>[]): void {
    if (!this.checkpoint) return;
    const code = this.#tracker.see(
      codes.map(({ text }) => text),
      performance.now(),
    );
    if (code !== undefined) this.scan(code);
  }

  /** Scans a code, whatever was scanned before: someone typed or chose it. */
  scan(text: string): void {
    const { post, checkpoint } = this;
    const code = clampCode(text);
    if (!post || !checkpoint || code === '') return;
    const scan = makeScan(code, post);
    this.#show({ kind: 'asking', scan, slow: false });
    if (this.isAlone) return void this.#decideAlone(scan);
    this.#timer = setTimeout(() => this.#show({ kind: 'asking', scan, slow: true }), slowAfterMs);
    this.gate.scan(scan);
    setTimeout(() => this.#losePatience(scan), patienceMs);
  }

  /** Back to the camera. A scan that is still asked goes on being asked. */
  dismiss(): void {
    this.#show({ kind: 'ready' });
  }

  #losePatience(scan: ScanMessage): void {
    if (!this.gate.isWaiting(scan.scanId) || !this.alone.isReady) return;
    this.switch.unanswered();
    void this.#decideAlone(scan);
  }

  /** Nothing turns green before it is kept; where it cannot be kept, the server is asked after all. */
  async #decideAlone(scan: ScanMessage): Promise<void> {
    this.gate.forget(scan.scanId);
    const at = Date.parse(scan.scannedAt) + (this.gate.clockOffsetMs ?? 0);
    const answer = await this.alone.decide(scan, Math.round(at)).catch(() => undefined);
    if (!answer) {
      this.gate.scan(scan);
      if (this.#isAsked(scan)) this.#show({ kind: 'asking', scan, slow: true });
      return;
    }
    this.#settle({ kind: 'answered', scan, answer, alone: true });
    this.#tell();
  }

  #answered(scan: ScanMessage, answer: VerdictMessage | RefusedMessage): void {
    if (answer.type === 'verdict' && isAdmission(answer.verdict)) {
      void this.alone.heard(scan, answer);
    }
    this.#settle({ kind: 'answered', scan, answer, alone: false });
  }

  /** The server's word on what this device decided: the fact, whatever was shown. */
  async #told(scan: ScanMessage, answer: VerdictMessage | RefusedMessage): Promise<void> {
    await this.alone.told(answer);
    const verdict = answer.type === 'verdict' ? answer.verdict : null;
    const conflict = (answer.type === 'verdict' && answer.alone?.conflict) || null;
    if (verdict !== scan.alone?.verdict || conflict) {
      this.history.correct({ ...this.#past(scan, answer), late: true, alone: true, conflict });
      this.lateAnswers++;
    }
    this.switch.told(this.alone.waiting);
    this.#tell();
  }

  #tell(): void {
    if (this.gate.status === 'connected') this.alone.tell((scan) => this.gate.scan(scan));
  }

  #statusChanged(status: GateStatus): void {
    const { hello } = this.gate;
    if (hello) void this.#store.put('hello', hello);
    this.#keepClock();
    if (status !== 'connected') {
      this.#feed.stop();
      this.switch.lineDown();
      return;
    }
    this.#feed.start();
    this.switch.lineUp(this.alone.waiting);
    this.#tell();
  }

  #keepClock(): void {
    const { clockOffsetMs } = this.gate;
    if (clockOffsetMs !== undefined) void this.#store.put('clockOffsetMs', clockOffsetMs);
  }

  #settle(view: AnsweredView): void {
    const late = !this.#isAsked(view.scan);
    this.history.add({ ...this.#past(view.scan, view.answer), late, alone: view.alone });
    if (late) this.lateAnswers++;
    else this.#present(view);
  }

  /** Whether somebody waits before the screen for its answer. */
  #isAsked(scan: ScanMessage): boolean {
    return this.view.kind === 'asking' && this.view.scan === scan;
  }

  #present(view: AnsweredView): void {
    this.#show(view);
    this.signals.give(classOfAnswer(view.answer));
    if (view.answer.type === 'verdict' && isAdmission(view.answer.verdict)) {
      this.#timer = setTimeout(() => this.dismiss(), greenForMs);
    }
  }

  #show(view: StationView): void {
    clearTimeout(this.#timer);
    this.view = view;
  }

  #past(scan: ScanMessage, answer: VerdictMessage | RefusedMessage): PastScan {
    const checkpoint = this.gate.hello?.checkpoints.find(({ id }) => id === scan.checkpointId);
    return {
      scanId: scan.scanId,
      scannedAt: scan.scannedAt,
      checkpointName: checkpoint?.name ?? '',
      direction: scan.direction,
      verdict: answer.type === 'verdict' ? answer.verdict : null,
      typeName: (answer.type === 'verdict' && answer.pass?.typeName) || null,
      late: false,
    };
  }
}

function makeScan(code: string, post: Post): ScanMessage {
  const now = Date.now();
  const scanId = uuidv7(now, crypto.getRandomValues(new Uint8Array(uuidv7RandomBytes)));
  const scannedAt = new Date(now).toISOString();
  return { type: 'scan', scanId, code, ...post, scannedAt };
}
