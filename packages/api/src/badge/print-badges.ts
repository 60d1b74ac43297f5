import { findOwnPass, recordBadgesPrinted, selectBadges } from '@catraca/db';
import { renderBadgesPdf } from '@catraca/documents';
import { z } from 'zod';
import { localeInput } from '../application/application-input.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { actAt } from '../pickup/act-at.ts';
import { memberProcedure } from '../trpc.ts';
import { makeBadges } from './make-badges.ts';

/** Badges of one file: with a photo each it has some thirty megabytes. */
const badgesMax = 600;

/**
 * Prints one credential's badge (`passPublicId`), or those of a type, and records it. `more`: there are others to print after these.
 * `unprintable`: names with letters that the font lacks.
 */
export const printBadges = memberProcedure
  .input(
    ownEventInput.extend({
      locale: localeInput,
      what: z.union([
        z.object({ passPublicId: z.uuid() }),
        z.object({ typeId: rowIdInput.nullable(), unprintedOnly: z.boolean() }),
      ]),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const passIds = await select(input.what);
    const printed = passIds.slice(0, badgesMax);
    if (printed.length === 0) refuse('not_found');
    const badges = await makeBadges(ctx, event, printed, input.locale);
    const { pdf, unprintable } = await renderBadgesPdf({
      ...{ badges, title: event.name, printedAt: ctx.now },
    });
    const done = { eventId: event.id, passIds: printed };
    await recordBadgesPrinted(ctx.db, done, actAt(ctx), ctx.now);
    return {
      pdf: new Uint8Array(pdf),
      count: badges.length,
      more: passIds.length > badgesMax,
      unprintable: unprintable.flatMap((place) => badges[place]?.name ?? []),
    };

    async function select(what: typeof input.what): Promise<bigint[]> {
      if (!('passPublicId' in what)) {
        return selectBadges(ctx.db, { eventId: event.id, ...what, limit: badgesMax + 1 });
      }
      const found = await findOwnPass(ctx.db, event.id, what.passPublicId);
      if (found?.pass.kind !== 'credential' || found.pass.status !== 'valid') return [];
      return [found.pass.id];
    }
  });
