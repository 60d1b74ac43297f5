import {
  findHolder,
  findPassByCode,
  handOver as hand,
  listPasses,
  readPassHistory,
  setHolderPhoto,
} from '@catraca/db';
import { z } from 'zod';
import { photoInput } from '../application/application-input.ts';
import { makePhoto } from '../application/make-photo.ts';
import { actAt } from './act-at.ts';
import { refuse } from '../errors.ts';
import { ownEvent } from '../own-event.ts';
import { ownPass, ownPassInput } from '../pass/own-pass.ts';
import { searchInput } from '../search-input.ts';
import { memberProcedure } from '../trpc.ts';

/** Matches shown at the desk: with more, a longer name is asked for. */
const matchesMax = 20;

/** Credentials by a part of the name, or by the code that a reader read. A mutation for the reason that `pass.search` is one. */
export const searchCredentials = memberProcedure
  .input(searchInput)
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const read = await findPassByCode(ctx.db, input.text.trim());
    // A code that was replaced still says whose it was: the desk sees that it is dead.
    if (read && read.event.id === event.id && read.pass.kind === 'credential') {
      return { read: read.pass.publicId, rows: [] };
    }
    const { rows } = await listPasses(ctx.db, {
      ...{ eventId: event.id, text: input.text, status: null, kind: 'credential' },
      ...{ sort: 'newest', leaf: 'first', pageSize: matchesMax },
    });
    return { read: null, rows };
  });

/** Whose a credential is, the photo to check, and whether its badge was printed and handed over. */
export const findCredential = memberProcedure.input(ownPassInput).query(async ({ ctx, input }) => {
  const found = await ownPass(ctx, input);
  if (found.pass.kind !== 'credential') refuse('not_found');
  const [holder, history] = await Promise.all([
    findHolder(ctx.db, found.pass.id),
    readPassHistory(ctx.db, found.pass, null),
  ]);
  const last = (kind: 'picked_up' | 'badge_printed') => {
    const change = history.changes.find((one) => one.kind === kind);
    return change ? { at: change.at, by: change.memberName } : null;
  };
  return {
    ...{ publicId: found.pass.publicId, status: found.pass.status },
    ...{ name: found.holderName, typeName: found.typeName, typeColour: found.typeColour },
    photoId: holder?.photoId ? String(holder.photoId) : null,
    delegationName: holder?.delegationName ?? null,
    pickedUp: last('picked_up'),
    printed: last('badge_printed'),
  };
});

/** Hands a badge over. A second time is refused as `picked_up`, unless it is meant. */
export const handOver = memberProcedure
  .input(ownPassInput.extend({ again: z.boolean().default(false) }))
  .mutation(async ({ ctx, input }) => {
    const { pass } = await ownPass(ctx, input);
    const result = await hand(ctx.db, pass.id, { ...actAt(ctx), again: input.again }, ctx.now);
    if (result.ok) return;
    if (result.code === 'picked_up') {
      return refuse('picked_up', { at: result.at.toISOString(), by: result.by ?? '' });
    }
    return refuse(result.code === 'not_valid' ? 'pass_revoked' : 'not_found');
  });

/** Gives the holder a photo that the desk took. */
export const setPhoto = memberProcedure
  .input(ownPassInput.extend({ photo: photoInput.unwrap() }))
  .mutation(async ({ ctx, input }) => {
    const { pass } = await ownPass(ctx, input);
    if (!input.photo.consent) return { ok: false as const, problem: 'no_consent' as const };
    const photo = await makePhoto(input.photo.picture);
    if (typeof photo === 'string') return { ok: false as const, problem: photo };
    const result = await setHolderPhoto(ctx.db, pass.id, photo, actAt(ctx), ctx.now);
    return result.ok ? { ok: true as const } : refuse('not_found');
  });
