import { saveType as save } from '@catraca/db';
import { entriesMax } from '@catraca/domain';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { hexColour, lineWords, nameWords, versionInput } from '../set-up/limits.ts';
import { refuseSetUp } from '../set-up/refuse-set-up.ts';
import { memberProcedure } from '../trpc.ts';
import { kindInput } from './list-types.ts';

/** Minor units of a price: ten million of most currencies. */
const priceMax = 1_000_000_000;

/** Units of a type: more than any hall or field holds. */
const quantityMax = 2_000_000;

/** Windows of a type: sixteen areas on sixteen days, twice. */
const openingsMax = 512;

const price = z.number().int().min(0).max(priceMax);

const policy = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['once', 'once_per_day', 'reentry', 'unlimited']) }),
  z.object({ kind: z.literal('n_times'), n: z.number().int().min(1).max(entriesMax) }),
]);

const opening = z
  .object({ areaId: rowIdInput, startsAt: z.date(), endsAt: z.date() })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt);

const values = z
  .object({
    name: nameWords,
    description: lineWords,
    colour: hexColour,
    policy,
    priceMinor: price,
    feeMinor: price,
    taxBasisPoints: z.number().int().min(0).max(10_000),
    passesPerUnit: z.number().int().min(1).max(50),
    unitsPerOrderMax: z.number().int().min(1).max(50),
    saleStartsAt: z.date().nullable(),
    saleEndsAt: z.date().nullable(),
    hidden: z.boolean(),
    channels: z.array(z.enum(['web', 'desk'])).max(2),
    openings: z.array(opening).max(openingsMax),
  })
  .refine(
    ({ saleStartsAt, saleEndsAt }) => !saleStartsAt || !saleEndsAt || saleStartsAt < saleEndsAt,
    { path: ['saleEndsAt'] },
  );

/**
 * Makes a type (`typeId` null) or changes it, all or nothing. `affects_sold`: passes are out there that it changes; it is done when it is
 * asked for again with `confirmed`.
 */
export const saveType = memberProcedure
  .input(
    ownEventInput.extend({
      typeId: rowIdInput.nullable(),
      version: versionInput,
      kind: kindInput,
      values,
      quantity: z.number().int().min(0).max(quantityMax).nullable(),
      confirmed: z.boolean().default(false),
    }),
  )
  .mutation(async ({ ctx, input: { eventSlug, ...change } }) => {
    const event = await ownEvent(ctx, { eventSlug });
    const result = await save(ctx.db, event.id, change, actorOf(ctx));
    if (result.ok) return { typeId: String(result.typeId), version: result.version };
    switch (result.code) {
      case 'unknown_type':
      case 'unknown_area':
        return refuse('not_found');
      case 'too_many_types':
        return refuse(result.code);
      case 'below_sold':
        return refuse(result.code, { taken: result.taken });
      case 'unit_was_sold':
        return refuse(result.code, { passes: result.passes });
      case 'affects_sold':
        return refuse(result.code, { passes: result.passes, orders: result.orders });
      default:
        return refuseSetUp(ctx, result, { kind: 'pass_type', id: change.typeId });
    }
  });
