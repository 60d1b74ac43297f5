import { livePath, liveSubprotocol } from '@catraca/protocol';
import { openWebSocket, textFrame } from '../generator/web-socket.ts';
import type { Line } from '../generator/wire.ts';

const frameHead = /^{"type":"(snapshot|delta)"(?:,"epoch":"([^"]*)")?,"seq":([0-9]+)/;

export interface WallHandlers {
  /** `follows`: it is the one after the last frame, or a new picture. */
  heard(text: string, isSnapshot: boolean, follows: boolean): void;
  /** The service ended it. */
  closed(): void;
}

/** One wall: it knows where it stands, and no more. */
export class Wall {
  readonly #port: number;
  readonly #ticket: string;
  readonly #handlers: WallHandlers;
  #line: Line | undefined;
  #epoch = '';
  #seq = Number.NaN;
  #first = Promise.withResolvers<undefined>();

  constructor(port: number, ticket: string, handlers: WallHandlers) {
    this.#port = port;
    this.#ticket = ticket;
    this.#handlers = handlers;
  }

  /** Resolves with its first frame. `resume`: it names the last one it had. */
  async open({ resume = false } = {}): Promise<void> {
    const { promise } = (this.#first = Promise.withResolvers<undefined>());
    const address = { port: this.#port, path: livePath, subprotocol: liveSubprotocol };
    const line: Line = await openWebSocket(
      { ...address, token: this.#ticket },
      {
        heard: (text) => this.#read(text),
        closed: () => line === this.#line && this.#handlers.closed(),
      },
    );
    this.#line = line;
    const wish = resume
      ? { type: 'resume', epoch: this.#epoch, seq: this.#seq }
      : { type: 'start' };
    line.send(textFrame(Buffer.from(JSON.stringify(wish))));
    await promise;
  }

  /** Reads nothing more. */
  stall(): void {
    this.#line?.pause();
  }

  cut(): void {
    const line = this.#line;
    this.#line = undefined;
    line?.close();
  }

  #read(text: string): void {
    const [, type, epoch, number] = frameHead.exec(text) ?? [];
    const seq = Number(number);
    const isSnapshot = type === 'snapshot';
    this.#handlers.heard(text, isSnapshot, isSnapshot || seq === this.#seq + 1);
    this.#epoch = epoch ?? this.#epoch;
    this.#seq = seq;
    this.#first.resolve(undefined);
  }
}
