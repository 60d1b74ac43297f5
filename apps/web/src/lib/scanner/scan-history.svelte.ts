import type { DeviceStore, PastScan } from './device-store.ts';

/** Scans in the list: what one looks back to when a person comes back and asks. */
export const pastScansMax = 20;

/** The last scans of this device, newest first. */
export class ScanHistory {
  past = $state.raw<readonly PastScan[]>([]);
  readonly #store: DeviceStore;

  constructor(store: DeviceStore, past: readonly PastScan[]) {
    this.#store = store;
    this.past = past;
  }

  add(scan: PastScan): void {
    this.#keep([scan, ...this.past].slice(0, pastScansMax));
  }

  /** What became of a scan that is in the list already, or was. */
  correct(scan: PastScan): void {
    const isKnown = this.past.some(({ scanId }) => scanId === scan.scanId);
    if (!isKnown) return this.add(scan);
    this.#keep(this.past.map((past) => (past.scanId === scan.scanId ? scan : past)));
  }

  #keep(past: readonly PastScan[]): void {
    this.past = past;
    void this.#store.put('history', past);
  }
}
