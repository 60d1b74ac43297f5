import type { CodeFormat, FoundCode } from './codes.ts';
import { FrameReader, type PictureReader } from './frame-reader.ts';
import { loadWasmReader, readWithWasm } from './wasm-reader.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

let reader: FrameReader | undefined;

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'start') return answer(await start(data.formats));
  // A frame that a library chokes on is a frame without a code: the next one is a thirtieth of a second away.
  const codes = await reader?.read(data.frame).catch(() => []);
  answer({ type: 'read', codes: codes ?? [] });
};

/** Where WebAssembly cannot load, the other library takes every pass: slower, but the gate goes on. */
async function start(formats: readonly CodeFormat[]): Promise<FromWorker> {
  const wasm = await loadWasmReader().then(
    () => true,
    () => false,
  );
  const library: PictureReader = readWithLibraryOnceLoaded;
  reader = new FrameReader(formats, { wasm: wasm ? readWithWasm : library, library });
  return { type: 'ready', wasm };
}

/** The second library is a big one, and the first frames do without it. */
async function readWithLibraryOnceLoaded(
  picture: ImageData,
  formats: readonly CodeFormat[],
): Promise<FoundCode[]> {
  const { readWithLibrary } = await import('./library-reader.ts');
  return readWithLibrary(picture, formats);
}

function answer(message: FromWorker): void {
  self.postMessage(message);
}
