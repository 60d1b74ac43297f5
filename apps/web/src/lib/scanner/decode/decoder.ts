import type { CodeFormat } from './codes.ts';
import type { DecodedCode, Frame, FromWorker, ToWorker } from './worker-messages.ts';

export interface DecoderHandlers {
  /** Called once for each frame, also when nothing was read in it; the code nearest its middle comes first. */
  onread(codes: readonly DecodedCode[]): void;
  /** The worker could not be started, or died. */
  onfail(): void;
}

/**
 * The worker that reads frames. It has one frame at a time: whoever has a newer one while it is busy drops it,
 * so that a slow phone reads fewer frames and never old ones.
 */
export class Decoder {
  /** True while it is loading or has a frame. */
  busy = true;
  readonly #worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
  readonly #handlers: DecoderHandlers;

  constructor(formats: readonly CodeFormat[], handlers: DecoderHandlers) {
    this.#handlers = handlers;
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#take(data);
    this.#worker.onerror = () => handlers.onfail();
    this.#send({ type: 'start', formats }, []);
  }

  /** Gives the frame away: it is moved into the worker, and closed there. */
  read(frame: Frame): void {
    this.busy = true;
    this.#send({ type: 'frame', frame }, [frame]);
  }

  stop(): void {
    this.#worker.terminate();
  }

  #take(message: FromWorker): void {
    this.busy = false;
    if (message.type === 'read') this.#handlers.onread(message.codes);
  }

  #send(message: ToWorker, moved: Transferable[]): void {
    this.#worker.postMessage(message, moved);
  }
}
