import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { StoredMark } from '@catraca/domain';
import { z } from 'zod';

const schema = z.object({
  pairing: z.uuid(),
  streams: z.record(z.string(), z.object({ no: z.int().nonnegative(), id: z.uuid() })),
});

/** What stands beside a venue's database. Null when there is none, or none that can be read. */
export async function readMarkFile(file: string): Promise<StoredMark | null> {
  try {
    const { pairing, streams } = schema.parse(JSON.parse(await readFile(file, 'utf8')));
    return { pairing, streams: new Map(Object.entries(streams)) };
  } catch {
    return null;
  }
}

/** Durable, or as it was before. @throws when the disk does not take it. */
export async function writeMarkFile(file: string, mark: StoredMark): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const next = `${file}.${randomUUID()}`;
  const handle = await open(next, 'w', 0o600);
  try {
    await handle.writeFile(
      JSON.stringify({ pairing: mark.pairing, streams: Object.fromEntries(mark.streams) }),
    );
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
}
