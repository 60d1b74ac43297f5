import { REALTIME_URL } from '$app/env/public';
import { realtimeUrl } from '#lib/realtime-url.ts';
import { Alone } from '#lib/scanner/alone/alone.svelte.ts';
import { Camera } from '#lib/scanner/camera.svelte.ts';
import type { DeviceStore } from '#lib/scanner/device-store.ts';
import { ScanHistory } from '#lib/scanner/scan-history.svelte.ts';
import { Signals } from '#lib/scanner/signals.svelte.ts';
import { Station } from '#lib/scanner/station.svelte.ts';

export interface Opened {
  readonly store: DeviceStore;
  readonly camera: Camera;
  /** Undefined while this browser is no device yet. */
  readonly station: Station | undefined;
}

/** Everything as this browser kept it. */
export async function openStation(store: DeviceStore): Promise<Opened> {
  const [device, post, preferences, past, hello, clockOffsetMs] = await Promise.all([
    store.get('device'),
    store.get('post'),
    store.get('preferences'),
    store.get('history'),
    store.get('hello'),
    store.get('clockOffsetMs'),
  ]);
  const camera = new Camera(preferences?.lensId);
  if (!device) return { store, camera, station: undefined };
  const history = new ScanHistory(store, past ?? []);
  const signals = new Signals(preferences?.muted ?? false);
  const origin = realtimeUrl(REALTIME_URL, location);
  const parts = { post, history, signals, store, alone: await Alone.open(store) };
  const station = new Station(origin, device, parts, { hello, clockOffsetMs });
  return { store, camera, station };
}
