import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopPostgres } from '@catraca/db/embedded';

const root = path.resolve(import.meta.dirname, '../../..');

/** Where loaded databases are kept from one benchmark to the next, unless another place is chosen. */
export const defaultBenchFolder = path.join(root, '.data/bench');

/** What a database depends on: another schema, or other passes, and it is loaded anew. */
const madeFrom = ['../../../packages/db/migrations', '.', '../passes'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);
const loaders = /[.]sql$|^(make-event|load-passes|pass|device)[.]ts$/;

/** Disk (bytes) a pass takes with its codes and its holder, indexes included, and what the server's own log may take. */
const bytesPerPass = 1_000;
const serverLogBytes = 5 * 2 ** 30;

/** Passes, and what they were loaded by. */
const loadedName = /^[0-9]+-[0-9a-f]{12}$/;

/** The folder for so many passes, and whether it was loaded to the end. */
export interface LoadedFolder {
  readonly dataDir: string;
  readonly isLoaded: boolean;
  /** Called when it is. */
  markLoaded(): void;
}

/** Removes what was loaded for another schema, and what was not loaded to its end. @throws when the disk has no room. */
export async function findLoadedFolder(benchFolder: string, passes: number): Promise<LoadedFolder> {
  mkdirSync(benchFolder, { recursive: true });
  const version = versionOfLoad();
  for (const name of readdirSync(benchFolder).filter((entry) => loadedName.test(entry))) {
    const old = path.join(benchFolder, name);
    if (name.endsWith(`-${version}`) && existsSync(path.join(old, 'loaded'))) continue;
    await stopPostgres(path.join(old, 'postgres'));
    rmSync(old, { recursive: true, force: true });
  }
  const folder = path.join(benchFolder, `${passes}-${version}`);
  const isLoaded = existsSync(folder);
  if (!isLoaded) assertRoom(benchFolder, passes);
  return {
    dataDir: path.join(folder, 'postgres'),
    isLoaded,
    markLoaded: () => writeFileSync(path.join(folder, 'loaded'), new Date().toISOString()),
  };
}

function versionOfLoad(): string {
  const hash = createHash('sha256');
  for (const folder of madeFrom) {
    for (const name of readdirSync(folder)
      .filter((file) => loaders.test(file))
      .sort()) {
      hash.update(readFileSync(path.join(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

function assertRoom(benchFolder: string, passes: number): void {
  const { bavail, bsize } = statfsSync(benchFolder);
  const needed = passes * bytesPerPass + serverLogBytes;
  if (bavail * bsize > needed) return;
  const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(0);
  throw new Error(
    `${passes} passes take ${gigabytes(needed)} GB in ${benchFolder}, which has ${gigabytes(bavail * bsize)} GB left: choose fewer with --passes.`,
  );
}
