import type { BundlePoint } from '@catraca/db/gate';
import { z } from 'zod';

/** What a device says it has: up to where passes were read, and which rules. */
export interface BundleCursor extends BundlePoint {
  /** The event's id. */
  readonly eventId: string;
  /** Tells rules apart. */
  readonly tag: string;
}

const cursorSchema = z.object({
  eventId: z.string().regex(/^[1-9][0-9]{0,18}$/),
  snapshot: z.string().regex(/^[0-9]{1,20}:[0-9]{1,20}:([0-9]{1,20}(,[0-9]{1,20})*)?$/),
  at: z.number(),
  taken: z.int().nonnegative(),
  tag: z.string().max(64),
});

/** In base64url: it rides in an address. */
export function formatCursor(cursor: BundleCursor): string {
  const { eventId, snapshot, at, taken, tag } = cursor;
  return Buffer.from(JSON.stringify({ eventId, snapshot, at, taken, tag })).toString('base64url');
}

/** Undefined for what is none of ours: its sender gets the whole. */
export function parseCursor(text: string): BundleCursor | undefined {
  try {
    return cursorSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}
