/** Somebody who reads a stream of server-sent events. */
export interface EventReader {
  /** Nothing that was sent still waits for them. */
  readonly isReady: boolean;
  /** What is sent to one who is not ready waits; one for whom too much waits is cut off. */
  send(message: Uint8Array): void;
  /** Ends the stream once what was sent has been read. */
  end(): void;
}

const encoder = new TextEncoder();

/** One server-sent event, ready to be sent: the same bytes for all who hear it. `data` has no line breaks. */
export function eventMessage(event: string, data: string): Uint8Array {
  return encoder.encode(`event: ${event}\ndata: ${data}\n\n`);
}
