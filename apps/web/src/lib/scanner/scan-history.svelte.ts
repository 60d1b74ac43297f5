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
    this.past = [scan, ...this.past].slice(0, pastScansMax);
    void this.#store.put('history', this.past);
  }
}
