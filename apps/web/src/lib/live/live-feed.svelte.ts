import {
  closeCodes,
  liveFeedMax,
  livePath,
  liveSubprotocol,
  offeredSubprotocols,
  parseLiveServerFrame,
  type LiveCheckpoint,
  type LiveConflicts,
  type LiveDeltaMessage,
  type LiveDevice,
  type LiveScan,
  type LiveSnapshotMessage,
  type LiveTotals,
} from '@catraca/protocol';
import { SvelteMap } from 'svelte/reactivity';

export type CheckpointRates = Omit<LiveCheckpoint, 'id'>;

/** `live`: frames arrive. `waiting`: the line is down and tried again. `refused`: this member may not watch. */
export type LiveStatus = 'connecting' | 'live' | 'waiting' | 'refused';

/** Waits between tries to connect, ms; the last one repeats. A random part keeps walls from coming back all at once. */
const retryDelaysMs = [200, 500, 1_000, 2_000, 5_000];

/** A ticket is asked for at each connection, since it lives for minutes; undefined when this member gets none. */
export type GetTicket = () => Promise<string | undefined>;

/**
 * The live feed of one event: what the wall shows, and whether it is true now.
 * After a break it resumes at its cursor; when the server no longer has what was missed, a snapshot replaces everything.
 */
export class LiveFeed {
  status = $state<LiveStatus>('connecting');
  /** Instant of the newest frame, by the server's clock. */
  at = $state<Date | null>(null);
  totals = $state<LiveTotals>({ admitted: 0, exited: 0, refused: 0 });
  conflicts = $state.raw<LiveConflicts>({ unseen: 0, lastAt: null });
  /** Newest first. */
  feed = $state.raw<LiveScan[]>([]);
  readonly people = new SvelteMap<string, number>();
  /** Those of `people` who are staff. */
  readonly staff = new SvelteMap<string, number>();
  readonly rates = new SvelteMap<string, CheckpointRates>();
  readonly devices = new SvelteMap<string, LiveDevice>();

  readonly #origin: string;
  readonly #getTicket: GetTicket;
  #cursor: { epoch: string; seq: number } | null = null;
  #socket: WebSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #closed = false;

  /** `realtimeUrl` is http(s); the feed opens at once. */
  constructor(realtimeUrl: string, getTicket: GetTicket) {
    this.#origin = realtimeUrl.replace(/^http/, 'ws').replace(/\/$/, '');
    this.#getTicket = getTicket;
    void this.#connect();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#socket?.close();
  }

  async #connect(): Promise<void> {
    let ticket: string | undefined;
    try {
      ticket = await this.#getTicket();
    } catch {
      return this.#retryLater();
    }
    if (this.#closed) return;
    if (ticket === undefined) {
      this.status = 'refused';
      return;
    }
    const socket = new WebSocket(
      this.#origin + livePath,
      offeredSubprotocols(liveSubprotocol, ticket),
    );
    this.#socket = socket;
    socket.onopen = () => {
      const resume = this.#cursor ? { type: 'resume', ...this.#cursor } : { type: 'start' };
      socket.send(JSON.stringify(resume));
    };
    socket.onmessage = (message) => this.#read(String(message.data));
    socket.onclose = ({ code }) => {
      if (code === closeCodes.revoked) this.status = 'refused';
      else this.#retryLater();
    };
  }

  #retryLater(): void {
    if (this.#closed) return;
    this.status = 'waiting';
    const delay = retryDelaysMs[Math.min(this.#failures, retryDelaysMs.length - 1)] ?? 0;
    this.#failures += 1;
    this.#retry = setTimeout(() => void this.#connect(), delay * (0.5 + Math.random()));
  }

  #read(text: string): void {
    const frame = parseLiveServerFrame(text);
    if (!frame.ok) return this.#startOver();
    const { message } = frame;
    if (message.type === 'snapshot') this.#replace(message);
    // A frame is missing: better a fresh snapshot than a number that is quietly wrong.
    else if (message.seq !== (this.#cursor?.seq ?? NaN) + 1) return this.#startOver();
    else this.#apply(message);
    this.status = 'live';
    this.#failures = 0;
  }

  #startOver(): void {
    this.#cursor = null;
    this.#socket?.close();
  }

  #replace(snapshot: LiveSnapshotMessage): void {
    this.people.clear();
    this.staff.clear();
    this.rates.clear();
    this.devices.clear();
    this.feed = [];
    this.#cursor = { epoch: snapshot.epoch, seq: snapshot.seq };
    this.#applyParts(snapshot);
  }

  #apply(delta: LiveDeltaMessage): void {
    if (this.#cursor) this.#cursor = { ...this.#cursor, seq: delta.seq };
    this.#applyParts(delta);
  }

  #applyParts(parts: LiveSnapshotMessage | LiveDeltaMessage): void {
    this.at = new Date(parts.at);
    for (const { id, occupancy, staff = 0 } of parts.areas ?? []) {
      this.people.set(id, occupancy);
      this.staff.set(id, staff);
    }
    for (const { id, ...rates } of parts.checkpoints ?? []) this.rates.set(id, rates);
    for (const device of parts.devices ?? []) this.devices.set(device.id, device);
    if (parts.totals) this.totals = parts.totals;
    if (parts.conflicts) this.conflicts = parts.conflicts;
    if (parts.feed?.length) this.feed = [...parts.feed, ...this.feed].slice(0, liveFeedMax);
  }
}
