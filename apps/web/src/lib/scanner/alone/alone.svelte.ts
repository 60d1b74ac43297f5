import {
  acknowledged,
  emptyOutbox,
  nextUpload,
  type Outbox,
  queued,
  type ScanId,
} from '@catraca/domain';
import type { RefusedMessage, ScanMessage, VerdictMessage } from '@catraca/protocol';
import type { DeviceStore } from '../device-store.ts';
import { decideAlone, type DecidedAlone, recordOnline } from './decide-alone.ts';
import { EventData } from './event-data.svelte.ts';
import { Vault } from './vault.ts';

/** A scan that was decided here, as it waits to be told. */
export interface Waiting {
  readonly scanId: ScanId;
  readonly scan: ScanMessage;
  /** By which it is removed from what is kept. */
  readonly key: number;
}

/** Scans on their way to the server at once: the order of the others is theirs. */
const underWayMax = 50;

/** What a device does without a server: decides, keeps what it decided, and tells it when there is a server again. */
export class Alone {
  readonly data: EventData;
  readonly #store: DeviceStore;
  readonly #vault: Vault;
  #outbox = $state.raw<Outbox<Waiting>>(emptyOutbox);
  readonly #underWay = new Set<ScanId>();
  /** Decisions one after the other: the second scan of a ticket is decided on what the first one did. */
  #deciding: Promise<unknown> = Promise.resolve();

  private constructor(store: DeviceStore, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
    this.data = new EventData(store, vault);
  }

  /** With what this device kept. @throws DOMException where the browser keeps nothing. */
  static async open(store: DeviceStore): Promise<Alone> {
    const alone = new Alone(store, await Vault.open(store));
    await alone.data.load();
    await alone.#loadOutbox();
    return alone;
  }

  /** Scans that were decided here and no server has taken yet. */
  get waiting(): number {
    return this.#outbox.scans.length;
  }

  /** Whether it can decide at all. */
  get isReady(): boolean {
    return this.data.knowledge !== undefined;
  }

  /**
   * Decides a scan on what this device knows, at the corrected time `at` (ms since 1970). Resolves once the decision survives a dead
   * battery; undefined where it knows nothing of the event. @throws DOMException where it cannot be kept: then nothing was decided.
   */
  decide(scan: ScanMessage, at: number): Promise<VerdictMessage | undefined> {
    const decided = this.#deciding.then(() => this.#decide(scan, at));
    this.#deciding = decided.catch(() => undefined);
    return decided;
  }

  async #decide(scan: ScanMessage, at: number): Promise<VerdictMessage | undefined> {
    const { knowledge } = this.data;
    if (!knowledge) return undefined;
    const decided = await decideAlone(knowledge, scan, at);
    await this.#keep(scan, decided);
    return decided.answer;
  }

  async #keep(scan: ScanMessage, { answer, after }: DecidedAlone): Promise<void> {
    const { verdict, at } = answer;
    const told: ScanMessage = { ...scan, alone: { verdict, at } };
    const text = new TextEncoder().encode(JSON.stringify(told));
    const own = after && (await this.data.sealOwn(after));
    const key = await this.#store.addToOutbox(await this.#vault.seal(text), own);
    if (after) this.data.put(after);
    this.#outbox = queued(this.#outbox, { scanId: scan.scanId as ScanId, scan: told, key });
  }

  async #loadOutbox(): Promise<void> {
    for (const { key, sealed } of await this.#store.outbox()) {
      // What this key did not seal was never shown either.
      const text = await this.#vault.unseal(sealed).catch(() => undefined);
      if (!text) continue;
      const scan = JSON.parse(new TextDecoder().decode(text)) as ScanMessage;
      this.#outbox = queued(this.#outbox, { scanId: scan.scanId as ScanId, scan, key });
    }
  }

  /** The server gave a green: the pass is where that led, should the line go down next. */
  async heard(scan: ScanMessage, answer: VerdictMessage): Promise<void> {
    const { knowledge } = this.data;
    const record = knowledge && recordOnline(knowledge, scan, answer);
    if (record) await this.data.putAndKeep(record);
  }

  /**
   * Sends the oldest scans that wait, in their order, as many as may be under way. A code goes again only once the server has taken the
   * one before: a server that was busy for an entry must not hear of the exit first.
   */
  tell(send: (scan: ScanMessage) => void): void {
    const codes = new Set<string>();
    for (const { scanId, scan } of nextUpload(this.#outbox, underWayMax)) {
      const isFirst = !codes.has(scan.code);
      codes.add(scan.code);
      if (!isFirst || this.#underWay.has(scanId)) continue;
      this.#underWay.add(scanId);
      send(scan);
    }
  }

  /** The server has taken this one, or never will. @returns the verdict that was shown. */
  async told(answer: VerdictMessage | RefusedMessage): Promise<ScanMessage | undefined> {
    const waiting = this.#outbox.scans.find(({ scanId }) => scanId === answer.scanId);
    if (!waiting) return undefined;
    await this.#store.removeFromOutbox(waiting.key);
    this.#underWay.delete(waiting.scanId);
    this.#outbox = acknowledged(this.#outbox, [waiting.scanId]);
    return waiting.scan;
  }
}
