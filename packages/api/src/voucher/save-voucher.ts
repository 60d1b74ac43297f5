import { codeOf, listVouchers as list, saveVoucher as save } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { versionInput } from '../set-up/limits.ts';
import { refuseSetUp } from '../set-up/refuse-set-up.ts';
import { memberProcedure } from '../trpc.ts';

/** As buyers type it: letters, digits and hyphens, in either case. */
const code = z
  .string()
  .transform(codeOf)
  .pipe(z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,31}$/));

const values = z
  .object({
    code,
    kind: z.enum(['access', 'percent', 'amount', 'price']),
    value: z.number().int().min(0).max(1_000_000_000),
    typeIds: z.array(rowIdInput).min(1).max(200).nullable(),
    unitsMax: z.number().int().min(1).max(1_000_000).nullable(),
    startsAt: z.date().nullable(),
    endsAt: z.date().nullable(),
    note: z.string().trim().max(200),
    state: z.enum(['active', 'off']),
  })
  .refine(({ kind, value }) => kind !== 'percent' || (value >= 1 && value <= 100), {
    path: ['value'],
  })
  .refine(({ startsAt, endsAt }) => !startsAt || !endsAt || startsAt < endsAt, {
    path: ['endsAt'],
  });

/** The codes of an event. */
export const listVouchers = memberProcedure.input(ownEventInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const rows = await list(ctx.db, event.id);
  return rows.map(({ eventId: _, id, typeIds, ...row }) => ({
    ...row,
    id: String(id),
    typeIds: typeIds?.map(String) ?? null,
  }));
});

/** Makes a code (`voucherId` null) or changes it. */
export const saveVoucher = memberProcedure
  .input(ownEventInput.extend({ voucherId: rowIdInput.nullable(), version: versionInput, values }))
  .mutation(async ({ ctx, input: { eventSlug, ...change } }) => {
    const event = await ownEvent(ctx, { eventSlug });
    const result = await save(ctx.db, event.id, change, actorOf(ctx));
    if (result.ok) return { voucherId: String(result.voucherId) };
    switch (result.code) {
      case 'unknown_voucher':
      case 'unknown_type':
        return refuse('not_found');
      case 'code_taken':
        return refuse('code_taken');
      case 'below_used':
        return refuse(result.code, { used: result.used });
      default:
        return refuseSetUp(ctx, result, { kind: 'voucher', id: change.voucherId });
    }
  });
