import type { EventReader } from '@catraca/api';

/** Bytes that may wait for one reader, and a message on top. One who is further behind begins anew with the whole. */
const backlogBytesMax = 512 * 1024;

/** A line on which nothing is said for so long (ms) may be cut by what is between. */
const heartbeatMs = 20_000;

/** How long (ms) a browser waits before it connects again: a crowd that lost its lines does not come back in one instant. */
const retryMs = () => Math.round(1_000 + Math.random() * 4_000);

/** Streams of one process, whatever they tell. Who comes when all are taken is told so, and asks now and then instead. */
const streamsMax = 20_000;

let openStreams = 0;

const encoder = new TextEncoder();
const heartbeat = encoder.encode(':\n\n');

/** Begins to tell a reader; what it returns is called once, when they have gone. */
export type Subscribe = (reader: EventReader) => () => void;

/** Answers with a stream of server-sent events; with 503 when there are too many already. */
export function eventStream(subscribe: Subscribe): Response {
  if (openStreams >= streamsMax) return new Response(null, { status: 503 });
  let stream: OpenStream | undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        stream = new OpenStream(controller, subscribe);
      },
      cancel: () => stream?.leave(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: backlogBytesMax }),
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // Proxies collect answers unless they are told not to.
      'x-accel-buffering': 'no',
    },
  });
}

class OpenStream implements EventReader {
  readonly #controller: ReadableStreamDefaultController<Uint8Array>;
  readonly #beat: NodeJS.Timeout;
  #unsubscribe = () => {};
  #isOpen = true;

  constructor(controller: ReadableStreamDefaultController<Uint8Array>, subscribe: Subscribe) {
    this.#controller = controller;
    openStreams += 1;
    controller.enqueue(encoder.encode(`retry: ${retryMs()}\n\n`));
    // To one who does not read nothing is said: a socket on which nothing moves is closed by the server.
    this.#beat = setInterval(() => this.isReady && this.send(heartbeat), heartbeatMs);
    const unsubscribe = subscribe(this);
    if (this.#isOpen) this.#unsubscribe = unsubscribe;
    // What they were told at once was too much already.
    else unsubscribe();
  }

  get isReady(): boolean {
    return this.#isOpen && this.#controller.desiredSize === backlogBytesMax;
  }

  send(message: Uint8Array): void {
    if (!this.#isOpen) return;
    if ((this.#controller.desiredSize ?? 0) > 0) {
      this.#controller.enqueue(message);
      return;
    }
    this.leave();
    // Not closed: that would keep what waits for as long as the reader likes. It is dropped, and the line with it.
    this.#controller.error(new Error('the reader was too far behind'));
  }

  end(): void {
    if (!this.#isOpen) return;
    this.leave();
    this.#controller.close();
  }

  /** The reader has gone. */
  leave(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    openStreams -= 1;
    clearInterval(this.#beat);
    this.#unsubscribe();
  }
}
