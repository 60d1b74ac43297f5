import { findSubject, readSubject, writeAudit } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';

/** Everything held about a person, as JSON text. A mutation: that it was asked for is in the audit log. */
export const exportPerson = memberProcedure
  .input(z.object({ personId: rowIdInput }))
  .mutation(async ({ ctx, input: { personId } }) => {
    const { organizationId, organizationName } = ctx.member;
    const subject = await findSubject(ctx.db, organizationId, personId);
    if (!subject) refuse('not_found');
    const data = await readSubject(ctx.db, subject);
    await ctx.db.transaction((tx) =>
      writeAudit(tx, actorOf(ctx), {
        ...{ action: 'person.export', subjectKind: 'person', subjectId: personId },
      }),
    );
    const told = { organization: organizationName, exportedAt: ctx.now, ...data };
    return { json: JSON.stringify(told, null, 2) };
  });
