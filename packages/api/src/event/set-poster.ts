import { setPoster as set } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { pictureBytesMax, readPoster } from '../picture/read-poster.ts';
import { versionInput } from '../set-up/limits.ts';
import { refuseSetUp } from '../set-up/refuse-set-up.ts';
import { memberProcedure } from '../trpc.ts';

/** Gives an event another poster, made of an uploaded picture, or none. */
export const setPoster = memberProcedure
  .input(
    ownEventInput.extend({
      version: versionInput,
      picture: z
        .instanceof(Uint8Array)
        .refine(({ byteLength }) => byteLength <= pictureBytesMax)
        .nullable(),
    }),
  )
  .mutation(async ({ ctx, input: { version, picture, ...named } }) => {
    const event = await ownEvent(ctx, named);
    const read = picture && (await readPoster(picture));
    if (read && !read.ok) refuse(read.code);
    const change = { version, picture: read ? read.picture : null };
    const result = await set(ctx.db, event.id, change, actorOf(ctx));
    if (result.ok) return { version: result.version };
    return refuseSetUp(ctx, result, { kind: 'event', id: event.id });
  });
