/** Bytes that may wait for one reader. One who is further behind is cut off, and begins anew with the whole. */
const backlogBytesMax = 512 * 1024;

/** A line on which nothing is said for so long (ms) may be cut by what is between. */
const heartbeatMs = 20_000;

/** Streams of one process. Who comes when all are taken is told so, and asks now and then instead. */
const streamsMax = 20_000;

let open = 0;

/** One message of a stream, ready to be sent: the same bytes for all who hear it. */
export function eventMessage(event: string, data: string): Uint8Array {
  return encoder.encode(`event: ${event}\ndata: ${data}\n\n`);
}

const encoder = new TextEncoder();
const heartbeat = encoder.encode(':\n\n');

/**
 * Answers with a stream of server-sent events. `subscribe` is called when somebody reads, and what it returns when they have
 * gone; `send` may be called at any time between.
 */
export function eventStream(
  subscribe: (send: (message: Uint8Array) => void) => () => void,
): Response {
  if (open >= streamsMax) return new Response(null, { status: 503 });
  let end = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        end = begin(controller, subscribe);
      },
      cancel: () => end(),
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

/** @returns what ends it: any number of calls are one. */
function begin(
  controller: ReadableStreamDefaultController<Uint8Array>,
  subscribe: (send: (message: Uint8Array) => void) => () => void,
): () => void {
  let isOpen = true;
  let unsubscribe = () => {};
  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    open -= 1;
    clearInterval(beat);
    unsubscribe();
  };
  const send = (message: Uint8Array) => {
    if (!isOpen) return;
    controller.enqueue(message);
    if ((controller.desiredSize ?? 0) > 0) return;
    end();
    controller.close();
  };
  const beat = setInterval(() => send(heartbeat), heartbeatMs);
  open += 1;
  unsubscribe = subscribe(send);
  // The first message may have been too much for it already.
  if (!isOpen) unsubscribe();
  return end;
}
