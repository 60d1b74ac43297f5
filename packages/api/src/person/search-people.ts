import { countOfSubject, findSubjects } from '@catraca/db';
import { searchLettersMin } from '@catraca/domain';
import { z } from 'zod';
import { memberProcedure } from '../trpc.ts';

/** People that are shown: whoever asks for their data has an e-mail or a whole name. */
const subjectsMax = 20;

/** People of all of the organization's events, by name or e-mail. A mutation: no name belongs in an address. */
export const searchPeople = memberProcedure
  .input(z.object({ text: z.string().trim().min(searchLettersMin, 'too_short').max(200) }))
  .mutation(async ({ ctx, input }) => {
    const { organizationId } = ctx.member;
    const found = await findSubjects(ctx.db, organizationId, input.text, subjectsMax);
    return Promise.all(
      found.map(async (subject) => ({
        personId: String(subject.personIds[0] ?? subject.applicationIds[0]),
        ...{ name: subject.name, email: subject.email },
        ...(await countOfSubject(ctx.db, subject, ctx.now)),
      })),
    );
  });
