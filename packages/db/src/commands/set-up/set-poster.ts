import { eq } from 'drizzle-orm';
import type { Db } from '../../client.ts';
import { events, pictures } from '../../schema/index.ts';
import type { Actor } from '../audit/write-audit.ts';
import { changeSetUp, type EditedMeanwhile, type SetUpRefusal } from './change-set-up.ts';

/** A picture that was read and made anew here. */
export interface PosterPicture {
  mediaType: 'image/webp';
  width: number;
  height: number;
  bytes: Uint8Array;
}

export type SetPosterResult = { ok: true; version: number } | SetUpRefusal | EditedMeanwhile;

/** Where a picture is to be had. */
export function picturePath(publicId: string): string {
  return `/pictures/${publicId}`;
}

/** Gives an event another poster, or none. Pictures stay: pages that were sent before show them. */
export async function setPoster(
  db: Db,
  eventId: bigint,
  { version: edited, picture }: { version: number; picture: PosterPicture | null },
  by: Actor | null = null,
): Promise<SetPosterResult> {
  return changeSetUp<SetPosterResult>(db, eventId, by, async ({ tx, event, audit }) => {
    if (event.version !== edited)
      return { ok: false, code: 'edited_meanwhile', version: event.version };
    const [stored] = picture
      ? await tx
          .insert(pictures)
          .values({ ...picture, organizationId: event.organizationId })
          .returning({ publicId: pictures.publicId })
      : [];
    const posterPath = stored ? picturePath(stored.publicId) : null;
    const version = event.version + 1;
    await tx
      .update(events)
      .set({ look: { ...event.look, posterPath }, version })
      .where(eq(events.id, eventId));
    await audit({
      ...{ action: 'event.setPoster', subjectKind: 'event', subjectId: String(eventId) },
      ...{ before: { posterPath: event.look.posterPath }, after: { posterPath } },
    });
    return { ok: true, version };
  });
}
