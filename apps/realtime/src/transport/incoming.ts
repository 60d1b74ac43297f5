import { randomUUID } from 'node:crypto';
import { parseBearer } from '@catraca/protocol';
import type { HttpRequest, HttpResponse } from 'uWebSockets.js';

/**
 * What is needed of a request, copied: uWebSockets.js takes its `req` back at the first await, and forgets a response
 * whose client has gone, after which touching it throws.
 */
export interface Incoming {
  /** The client's own when it sends a plain one, else a new one. */
  readonly requestId: string;
  readonly origin: string;
  readonly host: string;
  /** The token of `Authorization: Bearer`. Not for logs. */
  readonly bearer: string | undefined;
  /** True once the client has gone. */
  aborted: boolean;
  /** Called when it goes. */
  onAborted?: () => void;
}

const plainId = /^[\w.-]{1,64}$/;

/** Call it first, before anything is awaited. */
export function readIncoming(res: HttpResponse, req: HttpRequest): Incoming {
  const requestId = req.getHeader('x-request-id');
  const incoming: Incoming = {
    requestId: plainId.test(requestId) ? requestId : randomUUID(),
    origin: req.getHeader('origin'),
    host: req.getHeader('host'),
    bearer: parseBearer(req.getHeader('authorization')),
    aborted: false,
  };
  res.onAborted(() => {
    incoming.aborted = true;
    incoming.onAborted?.();
  });
  return incoming;
}

export interface Reply {
  /** Such as `200 OK`. */
  readonly status: string;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers, unless the client has gone. */
export function reply(res: HttpResponse, incoming: Incoming, answer: Reply): void {
  if (incoming.aborted) return;
  res.cork(() => {
    res.writeStatus(answer.status);
    res.writeHeader('content-type', answer.contentType);
    res.writeHeader('x-request-id', incoming.requestId);
    res.writeHeader('cache-control', 'no-store');
    for (const [name, value] of Object.entries(answer.headers ?? {})) res.writeHeader(name, value);
    res.end(answer.body);
  });
}

export function replyJson(
  res: HttpResponse,
  incoming: Incoming,
  status: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  reply(res, incoming, {
    ...{ status, headers },
    contentType: 'application/json',
    body: JSON.stringify(body),
  });
}

/** The whole body, or undefined when it is longer than `bytesMax` or its sender has gone. Call it before anything is awaited. */
export function readBody(
  res: HttpResponse,
  incoming: Incoming,
  bytesMax: number,
): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    incoming.onAborted = () => resolve(undefined);
    res.onData((chunk, isLast) => {
      size += chunk.byteLength;
      if (size > bytesMax) return resolve(undefined);
      // A copy: the library takes its buffer back when this function returns.
      chunks.push(new Uint8Array(chunk.slice(0)));
      if (isLast) resolve(Buffer.concat(chunks));
    });
  });
}
