import { confirmPass, findConfirmation, findConfirmationRound } from '@catraca/db';
import { applicationLimits } from '@catraca/domain/accreditation';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import { storeLook } from '../event/store-look.ts';
import { holderName } from '../pass/change-holder.ts';
import { ticketByLink, ticketLinkInput } from '../ticket/ticket-by-link.ts';
import { publicProcedure } from '../trpc.ts';

/** What a holder is asked before they come, by the link of their ticket. `round` is null where there is nothing to confirm now. */
export const ownConfirmation = publicProcedure
  .input(ticketLinkInput)
  .query(async ({ ctx, input }) => {
    const { row, isReplaced } = await ticketByLink(ctx, input);
    if (isReplaced || row.status !== 'valid') refuse('pass_not_valid');
    const [round, known] = await Promise.all([
      findConfirmationRound(ctx.db, row.event.id),
      findConfirmation(ctx.db, row.passId),
    ]);
    const isOpen = round && ctx.now >= round.opensAt && ctx.now < round.closesAt;
    return {
      holderName: row.holderName,
      typeName: row.type.name,
      seat: row.seat,
      days: row.days.map(({ no, startsAt, endsAt }) => ({ no, startsAt, endsAt })),
      entrances: row.entrances,
      event: {
        name: row.event.name,
        venueName: row.event.venueName,
        venueAddress: row.event.venueAddress,
        timeZone: row.event.timeZone,
        look: storeLook(row.event.look),
      },
      round: isOpen
        ? { closesAt: round.closesAt, message: round.message, questions: round.questions }
        : null,
      /** When it opens, where that is still to come. */
      opensAt: round && ctx.now < round.opensAt ? round.opensAt : null,
      confirmedAt: known?.confirmedAt ?? null,
      mayCorrectName: !known?.nameCorrectedAt,
      answers: known?.answers ?? {},
    };
  });

const answersMax = 50;

/** The holder says who they are and that they come. */
export const confirm = publicProcedure
  .input(
    ticketLinkInput.extend({
      /** As it should be; null where it is right. */
      name: holderName.nullable(),
      answers: z
        .record(z.string().max(40), z.string().max(applicationLimits.answer))
        .refine((answers) => Object.keys(answers).length <= answersMax),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { row, isReplaced } = await ticketByLink(ctx, input);
    if (isReplaced) refuse('pass_not_valid');
    const { name, answers } = input;
    const result = await confirmPass(ctx.db, row.passId, { name, answers }, ctx.now);
    if (result.ok) return;
    switch (result.code) {
      case 'unknown_pass':
        return refuse('not_found');
      case 'not_valid':
        return refuse('pass_not_valid');
      case 'not_open':
        return refuse('confirmation_not_open');
      case 'name_corrected_before':
        return refuse('name_corrected_before');
      case 'answers_wrong':
        return refuse('answers_wrong', result.problems);
    }
  });
