import type { Socket } from 'node:net';
import { openSocket } from '../generator/open-socket.ts';

export interface Response {
  readonly status: number;
  readonly body: string;
}

/**
 * One buyer's connection: HTTP/1.1 with keep-alive and cookies, one request at a time. Our own hundred lines, since a general client
 * spends more on a request than is left for the generator.
 */
export class Connection {
  readonly #cookies = new Map<string, string>();
  #socket: Socket | undefined;
  #answer: PromiseWithResolvers<Response> | undefined;
  #address = '';

  static async open(port: number): Promise<Connection> {
    const connection = new Connection();
    const socket = await openSocket(port, (bytes) => connection.#read(bytes));
    const end = () => connection.#answer?.reject(new Error('the connection was cut'));
    socket.on('error', end).once('close', end);
    connection.#socket = socket;
    return connection;
  }

  /** From now on it is somebody else, who comes from this address. */
  becomeNew(address: string): void {
    this.#cookies.clear();
    this.#address = address;
  }

  get(path: string): Promise<Response> {
    return this.#send(`GET ${path}`, undefined);
  }

  post(path: string, body: string): Promise<Response> {
    return this.#send(`POST ${path}`, body);
  }

  close(): void {
    this.#socket?.destroy();
  }

  #send(start: string, body: string | undefined): Promise<Response> {
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const head =
      `${start} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${this.#address}\r\n` +
      (cookies && `Cookie: ${cookies}\r\n`) +
      (body === undefined
        ? ''
        : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`);
    this.#answer = Promise.withResolvers<Response>();
    this.#socket?.write(`${head}\r\n${body ?? ''}`);
    return this.#answer.promise;
  }

  /** @returns the bytes of a whole response, or none. */
  #read(bytes: Buffer): number {
    const bodyAt = bytes.indexOf('\r\n\r\n') + 4;
    if (bodyAt < 4) return 0;
    const head = bytes.toString('latin1', 0, bodyAt);
    const length = /\r\ncontent-length: *([0-9]+)\r\n/i.exec(head)?.[1];
    const whole =
      length === undefined ? readChunks(bytes, bodyAt) : readLength(bytes, bodyAt, Number(length));
    if (!whole) return 0;
    for (const [, name = '', value = ''] of head.matchAll(/\r\nset-cookie: *([^=]+)=([^;\r]*)/gi))
      this.#cookies.set(name, value);
    this.#answer?.resolve({ status: Number(head.slice(9, 12)), body: whole.body });
    return whole.end;
  }
}

interface Whole {
  readonly body: string;
  /** After its last byte. */
  readonly end: number;
}

function readLength(bytes: Buffer, from: number, length: number): Whole | undefined {
  const end = from + length;
  return bytes.length < end ? undefined : { body: bytes.toString('utf8', from, end), end };
}

function readChunks(bytes: Buffer, from: number): Whole | undefined {
  const parts: Buffer[] = [];
  for (let at = from; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return undefined;
    if (size === 0) return { body: Buffer.concat(parts).toString('utf8'), end };
    parts.push(bytes.subarray(lineEnd + 2, end - 2));
    at = end;
  }
}
