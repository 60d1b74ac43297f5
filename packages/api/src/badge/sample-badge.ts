import { selectBadges } from '@catraca/db';
import { qrShape } from '@catraca/documents';
import { z } from 'zod';
import { localeInput } from '../application/application-input.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';
import { makeBadges } from './make-badges.ts';

/** What a real person's badge says, to design by; null while nobody is accredited. */
export const sampleBadge = memberProcedure
  .input(
    ownEventInput.extend({
      typeId: rowIdInput.nullable(),
      locale: localeInput,
      skip: z.number().int().min(0).max(50),
    }),
  )
  .query(async ({ ctx, input }) => {
    const event = await ownEvent(ctx, input);
    const { typeId, skip } = input;
    const selection = { eventId: event.id, typeId, unprintedOnly: false, limit: skip + 1 };
    const passIds = await selectBadges(ctx.db, selection);
    const [badge] = await makeBadges(ctx, event, passIds.slice(-1), input.locale);
    if (!badge) return null;
    const { design: _, token, ...shown } = badge;
    // Bytes of this person's own picture, for the page to show.
    return { ...shown, qr: qrShape(token) };
  });
