import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  type CheckpointId,
  type Direction,
  type ScanId,
  uuidv7,
  uuidv7RandomBytes,
} from '@catraca/domain';
import {
  gatePath,
  type GateServerMessage,
  gateSubprotocol,
  type HelloMessage,
  offeredSubprotocols,
  parseGateServerFrame,
  type ScanAnswer,
  type ScanRequest,
} from '@catraca/protocol';
import assert from 'node:assert/strict';
import { WebSocket } from 'ws';

export function newScan(
  code: string,
  checkpointId: CheckpointId,
  direction: Direction = 'entry',
): ScanRequest {
  return {
    scanId: uuidv7(Date.now(), randomBytes(uuidv7RandomBytes)),
    code,
    checkpointId: String(checkpointId),
    direction,
    scannedAt: new Date().toISOString(),
  };
}

/** Where a gate is: a port of this machine, or an origin behind TLS, whose authority is trusted. */
export type GateAddress = number | { readonly origin: string; readonly ca: string };

/** A device on a real socket: keeps what it heard, and waits for what it wants to hear. */
export class GateClient {
  readonly socket: WebSocket;
  readonly heard: GateServerMessage[] = [];
  readonly answers = new Map<string, ScanAnswer>();
  readonly closed: Promise<number>;
  readonly #waiting = new Map<string, (answer: ScanAnswer) => void>();

  constructor(at: GateAddress, token: string) {
    const offer = offeredSubprotocols(gateSubprotocol, token);
    this.socket =
      typeof at === 'number'
        ? new WebSocket(`ws://127.0.0.1:${at}${gatePath}`, offer)
        : new WebSocket(at.origin.replace(/^http/, 'ws') + gatePath, offer, { ca: at.ca });
    this.socket.on('message', (data: Buffer) => this.#read(data));
    // Its end is told by `close`.
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
  }

  static async open(at: GateAddress, token: string): Promise<GateClient> {
    const client = new GateClient(at, token);
    await client.next('hello');
    return client;
  }

  /** The first message of this type, heard already or still to come. */
  async next<Type extends GateServerMessage['type']>(
    type: Type,
    skip = 0,
  ): Promise<Extract<GateServerMessage, { type: Type }>> {
    while (true) {
      const found = this.heard.filter((message) => message.type === type)[skip];
      if (found) return found as Extract<GateServerMessage, { type: Type }>;
      const ended = this.closed.then((code) => {
        throw new Error(`closed with ${code} before ${type}`);
      });
      ended.catch(() => {});
      await Promise.race([once(this.socket, 'message'), ended]);
    }
  }

  hello(): Promise<HelloMessage> {
    return this.next('hello');
  }

  /** Sends a scan and waits for its answer. */
  scan(scan: ScanRequest): Promise<ScanAnswer> {
    const answered = new Promise<ScanAnswer>((resolve) => this.#waiting.set(scan.scanId, resolve));
    this.send({ type: 'scan', ...scan });
    return answered;
  }

  /** The same, and again with the same id while the gate is busy, as a device does. */
  async judge(scan: ScanRequest): Promise<ScanAnswer> {
    let answer: ScanAnswer;
    do answer = await this.scan(scan);
    while (answer.type === 'busy');
    return answer;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  #read(data: Buffer): void {
    const frame = parseGateServerFrame(data);
    assert(frame.ok, 'the server speaks the protocol');
    const { message } = frame;
    this.heard.push(message);
    if (!('scanId' in message) || message.scanId === undefined) return;
    const answer = message as ScanAnswer & { scanId: ScanId };
    this.answers.set(answer.scanId, answer);
    this.#waiting.get(answer.scanId)?.(answer);
    this.#waiting.delete(answer.scanId);
  }
}

export function verdictOf(answer: ScanAnswer | undefined): string | undefined {
  return answer?.type === 'verdict' ? answer.verdict : answer?.type;
}

/** How many answers of each verdict. */
export function tally(answers: Iterable<ScanAnswer>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const verdict = verdictOf(answer) ?? 'none';
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  return counts;
}
