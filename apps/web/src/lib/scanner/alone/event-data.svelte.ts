import {
  areRecords,
  bundlePrefix,
  type BundleHead,
  parseBundle,
  PassTable,
  type PassRecord,
  writePassRecord,
} from '@catraca/protocol';
import type { DeviceStore, SealedPiece } from '../device-store.ts';
import type { Knowledge } from './decide-alone.ts';
import { openRules } from './event-rules.ts';
import type { Vault } from './vault.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Pieces beside the whole before they are put together: each is read when the page opens. */
const piecesMax = 200;
/** Records beside the others before they are put in their places. */
const newerMax = 20_000;

/** What this device has of its event, kept sealed, and in memory to decide by. */
export class EventData {
  knowledge = $state.raw<Knowledge | undefined>();
  /** By the server's clock, ms since 1970: what happened later is not in it. */
  readAt = $state<number | undefined>();
  readonly #store: DeviceStore;
  readonly #vault: Vault;
  #cursor: string | undefined;
  #pieces = 0;
  /** Changes of the storage, one after the other. */
  #writing: Promise<void> = Promise.resolve();

  constructor(store: DeviceStore, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
  }

  /** To ask for what is new since. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** Reads what was kept. What cannot be read, or is of a version that is over, is as if it were not there. */
  async load(): Promise<void> {
    const pieces = await this.#store.pieces();
    this.#pieces = pieces.length;
    try {
      for (const piece of pieces) await this.#take(piece.kind, await this.#vault.unseal(piece));
    } catch {
      this.knowledge = undefined;
      this.#cursor = undefined;
    }
  }

  /** Takes what the server sent, and keeps it. @returns false for what is none, which changes nothing. */
  async add(bytes: Bytes): Promise<boolean> {
    const parsed = parseBundle(bytes);
    if (!parsed.ok) return false;
    const { whole } = parsed.value.head;
    if (!(await this.#take(whole ? 'whole' : 'changes', bytes))) return false;
    await this.#write(async () => {
      if (whole || this.#isLong()) await this.#putTogether();
      else await this.#addPiece({ kind: 'changes', ...(await this.#vault.seal(bytes)) });
    });
    return true;
  }

  /** A pass as this device left it, to be stored with the scan that did so. */
  async sealOwn(record: PassRecord): Promise<SealedPiece> {
    return { kind: 'own', ...(await this.#vault.seal(writePassRecord(record))) };
  }

  /** The pass is so from now on. */
  put(record: PassRecord): void {
    this.knowledge?.passes.put(record);
    this.#pieces += 1;
  }

  /** The same for what the server was asked and answered. */
  async putAndKeep(record: PassRecord): Promise<void> {
    this.put(record);
    await this.#write(async () => this.#store.addPiece(await this.sealOwn(record)));
  }

  async #take(kind: SealedPiece['kind'], bytes: Bytes): Promise<boolean> {
    if (kind === 'own') {
      if (areRecords(bytes)) this.knowledge?.passes.apply(bytes);
      return true;
    }
    const parsed = parseBundle(bytes);
    if (!parsed.ok) return false;
    const { head, records } = parsed.value;
    const rules = head.rules ? await openRules(head.eventId, head.rules) : this.knowledge?.rules;
    if (!rules || (!head.whole && !this.knowledge)) return false;
    this.#apply(head, records, rules);
    return true;
  }

  #apply(head: BundleHead, records: Bytes, rules: Knowledge['rules']): void {
    const before = this.knowledge?.passes;
    const passes = head.whole || !before ? new PassTable(records) : before;
    if (passes === before) passes.apply(records);
    // What this device did and has not told yet is not in a whole that the server sends.
    else before?.keepCrossings(passes);
    this.knowledge = { eventId: head.eventId, rules, passes };
    this.#cursor = head.cursor;
    this.readAt = Date.parse(head.serverTime);
  }

  #isLong(): boolean {
    return this.#pieces >= piecesMax || (this.knowledge?.passes.newer ?? 0) >= newerMax;
  }

  /** All of it as one piece. */
  async #putTogether(): Promise<void> {
    const { knowledge } = this;
    if (!knowledge || this.#cursor === undefined || this.readAt === undefined) return;
    const records = knowledge.passes.merged();
    const prefix = bundlePrefix({
      ...{ eventId: knowledge.eventId, cursor: this.#cursor, whole: true },
      serverTime: new Date(this.readAt).toISOString(),
      rules: knowledge.rules.told,
    });
    const bytes = new Uint8Array(prefix.length + records.length);
    bytes.set(prefix);
    bytes.set(records, prefix.length);
    const whole = { kind: 'whole', ...(await this.#vault.seal(bytes)) } as const;
    await this.#store.replacePieces(whole);
    this.knowledge = { ...knowledge, passes: new PassTable(records) };
    this.#pieces = 1;
  }

  async #addPiece(piece: SealedPiece): Promise<void> {
    await this.#store.addPiece(piece);
    this.#pieces += 1;
  }

  #write(work: () => Promise<void>): Promise<void> {
    const writing = this.#writing.then(work);
    this.#writing = writing.catch(() => undefined);
    return writing;
  }
}
