import { isAdmission, uuidv7, uuidv7RandomBytes } from '@catraca/domain';
import { clampCode } from '@catraca/protocol';
import type { HelloMessage, RefusedMessage, ScanMessage, VerdictMessage } from '@catraca/protocol';
import type { DecodedCode } from './decode/worker-messages.ts';
import type { Post, StoredDevice } from './device-store.ts';
import { GateClient } from './gate/gate-client.svelte.ts';
import type { ScanHistory } from './scan-history.svelte.ts';
import type { Signals } from './signals.svelte.ts';
import { classOfAnswer } from './verdict-class.ts';
import { ViewTracker } from './view-tracker.ts';

export type Checkpoint = HelloMessage['checkpoints'][number];

/** How long a green stays (ms): long enough to be seen and short enough for the next person. Refusals stay until tapped. */
const greenForMs = 1_200;
/** A scan without an answer for so long (ms) is said to be: until then the camera stays on the screen. */
const slowAfterMs = 400;

/** What the server said to a scan: a verdict, or why it was not taken. */
export interface AnsweredView {
  readonly kind: 'answered';
  readonly scan: ScanMessage;
  readonly answer: VerdictMessage | RefusedMessage;
}

/** What fills the screen. Only a message of the server makes it `answered`. */
export type StationView =
  | { readonly kind: 'ready' }
  | { readonly kind: 'asking'; readonly scan: ScanMessage; readonly slow: boolean }
  | AnsweredView;

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
  readonly #tracker = new ViewTracker();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `origin` is the realtime service's. */
  constructor(
    origin: string,
    device: StoredDevice,
    parts: { post: Post | undefined; history: ScanHistory; signals: Signals },
  ) {
    this.token = device.token;
    this.post = parts.post;
    this.history = parts.history;
    this.signals = parts.signals;
    this.gate = new GateClient(origin, device.token, {
      onanswer: (scan, answer) => this.#settle({ kind: 'answered', scan, answer }),
    });
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
    this.gate.open();
  }

  stop(): void {
    clearTimeout(this.#timer);
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
    this.#timer = setTimeout(() => this.#show({ kind: 'asking', scan, slow: true }), slowAfterMs);
    this.gate.scan(scan);
  }

  /** Back to the camera. A scan that is still asked goes on being asked. */
  dismiss(): void {
    this.#show({ kind: 'ready' });
  }

  #settle(view: AnsweredView): void {
    const late = this.view.kind !== 'asking' || this.view.scan !== view.scan;
    this.#remember(view, late);
    if (late) this.lateAnswers++;
    else this.#present(view);
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

  #remember({ scan, answer }: AnsweredView, late: boolean): void {
    const checkpoint = this.gate.hello?.checkpoints.find(({ id }) => id === scan.checkpointId);
    this.history.add({
      scanId: scan.scanId,
      scannedAt: scan.scannedAt,
      checkpointName: checkpoint?.name ?? '',
      direction: scan.direction,
      verdict: answer.type === 'verdict' ? answer.verdict : null,
      typeName: (answer.type === 'verdict' && answer.pass?.typeName) || null,
      late,
    });
  }
}

function makeScan(code: string, post: Post): ScanMessage {
  const now = Date.now();
  const scanId = uuidv7(now, crypto.getRandomValues(new Uint8Array(uuidv7RandomBytes)));
  const scannedAt = new Date(now).toISOString();
  return { type: 'scan', scanId, code, ...post, scannedAt };
}
