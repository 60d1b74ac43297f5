import {
  decideApplication,
  findApplication,
  findPhoto as readPhoto,
  listApplications,
  listDuplicates,
} from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import type { ApiContext, Member } from '../context.ts';
import { refuse } from '../errors.ts';
import { leafInput } from '../leaf-input.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { pageSize, searchInput } from '../search-input.ts';
import { getSigningKey } from '../tickets/ticket-link.ts';
import { memberProcedure } from '../trpc.ts';

const stateInput = z.enum(['submitted', 'asked', 'approved', 'rejected', 'withdrawn']);

/** Applications decided in one go: a page, twice. */
const decisionsMax = 100;
/** Characters of what an applicant is told. */
const messageLengthMax = 1_000;

/** An event's applications, a page at a time. A mutation for the reason that `order.search` is one. */
export const searchApplications = memberProcedure
  .input(
    searchInput.extend({
      state: stateInput.nullable().default(null),
      typeId: rowIdInput.nullable().default(null),
      delegationId: z
        .union([z.literal('none'), rowIdInput])
        .nullable()
        .default(null),
      leaf: leafInput(z.uuid()),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { text, state, typeId, delegationId, leaf } = input;
    const search = { eventId: event.id, text, state, typeId, delegationId, leaf, pageSize };
    const page = await listApplications(ctx.db, search);
    return {
      ...page,
      rows: page.rows.map(({ id: _, photoId, ...row }) => ({
        ...row,
        photoId: photoId === null ? null : String(photoId),
      })),
    };
  });

const ownApplicationInput = ownEventInput.extend({ publicId: z.uuid() });

async function ownApplication(
  ctx: ApiContext & { member: Member },
  input: z.infer<typeof ownApplicationInput>,
) {
  const event = await ownEvent(ctx, input);
  const found = await findApplication(ctx.db, input.publicId);
  return found?.event.id === event.id ? found : refuse('not_found');
}

/** All of an application, and the other ones of the same person. */
export const findOwnApplication = memberProcedure
  .input(ownApplicationInput)
  .query(async ({ ctx, input }) => {
    const { application, type, form, delegation, pass, decidedByName } = await ownApplication(
      ctx,
      input,
    );
    const others = await listDuplicates(ctx.db, application);
    const { state, message, decidedAt } = application;
    return {
      ...person(application),
      ...{ state, message, decidedAt, decidedByName },
      ...{ typeName: type.name, typeColour: type.colour },
      questions: form?.questions ?? [],
      delegationName: delegation?.name ?? null,
      pass: pass && { publicId: pass.publicId, status: pass.status },
      duplicates: others.map(({ application: other, ...its }) => ({
        ...person(other),
        ...its,
        state: other.state,
      })),
    };
  });

type ApplicationRow = Awaited<ReturnType<typeof ownApplication>>['application'];

function person(row: ApplicationRow) {
  const { publicId, name, email, document, birthDate, answers, createdAt } = row;
  const photoId = row.photoId === null ? null : String(row.photoId);
  return { publicId, name, email, document, birthDate, answers, photoId, createdAt };
}

/** Decides on applications, each by itself: what was refused of them is told beside its id. */
export const decideApplications = memberProcedure
  .input(
    ownEventInput.extend({
      publicIds: z.array(z.uuid()).min(1).max(decisionsMax),
      act: z.enum(['approve', 'reject', 'ask', 'reopen']),
      message: z.string().trim().max(messageLengthMax).default(''),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const key = await getSigningKey(ctx.db, ctx.masterKey);
    const decision = { act: input.act, message: input.message, actor: actorOf(ctx) };
    const results = [];
    // One behind the other: those of one delegation, or of one person, would wait for each other anyway.
    for (const publicId of new Set(input.publicIds)) {
      const found = await findApplication(ctx.db, publicId);
      const of = { eventId: event.id, id: found?.application.id ?? 0n };
      const result = await decideApplication(ctx.db, of, decision, key, ctx.now);
      results.push(
        result.ok
          ? { publicId, ok: true as const, again: result.again }
          : { publicId, ok: false as const, code: result.code },
      );
    }
    return results;
  });

/** A person's picture, a JPEG. */
export const findPhoto = memberProcedure
  .input(ownEventInput.extend({ photoId: rowIdInput }))
  .query(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    return (await readPhoto(ctx.db, event.id, input.photoId)) ?? refuse('not_found');
  });
