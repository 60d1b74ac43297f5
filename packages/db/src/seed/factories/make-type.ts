import type { EntryPolicy } from '@catraca/domain';
import { eq, max } from 'drizzle-orm';
import type { DbOrTx } from '../../client.ts';
import { takeIds } from '../../commands/ids.ts';
import { policyCountOf } from '../../commands/passes/signed-types.ts';
import { getLocalSite } from '../../local-site.ts';
import { insertRows } from '../../rows.ts';
import { entitlements, passTypes, seats, stock } from '../../schema/index.ts';

type TypeRow = typeof passTypes.$inferSelect;
type SeatRow = typeof seats.$inferSelect;

export type SeatDraft = Pick<SeatRow, 'section' | 'row' | 'number' | 'x' | 'y' | 'accessible'> &
  Partial<Pick<SeatRow, 'companion' | 'outOfSale' | 'mapItem'>>;

export interface TypeDraft extends Partial<
  Omit<TypeRow, 'id' | 'eventId' | 'policyKind' | 'policyCount' | 'seated'>
> {
  policy?: EntryPolicy;
  /** When the type opens which area. */
  opens?: { areaId: bigint; startsAt: Date; endsAt: Date }[];
  /** Units this site may sell. A seated type has as many as seats, a credential type none. */
  units?: number;
  /** In the order of the seat map. */
  seats?: readonly SeatDraft[];
}

export interface MadeType {
  id: bigint;
  no: number;
  seatIds: bigint[];
}

/** A ticket type (or credential type) with its windows, and what this site has of it to sell. */
export async function makeType(
  db: DbOrTx,
  eventId: bigint,
  draft: TypeDraft = {},
): Promise<MadeType> {
  const { policy = { kind: 'once' }, opens = [], units = 100, seats: places, ...values } = draft;
  const [type] = await db
    .insert(passTypes)
    .values({
      kind: 'ticket',
      no: draft.no ?? (await nextTypeNo(db, eventId)),
      name: { en: 'Test type' },
      description: { en: 'A description' },
      colour: '#1d4ed8',
      ...values,
      eventId,
      policyKind: policy.kind,
      policyCount: policyCountOf(policy),
      seated: places !== undefined,
    })
    .returning();
  if (!type) throw new Error('a type was not written');
  await insertRows(
    db,
    entitlements,
    opens.map((window) => ({ ...window, typeId: type.id })),
  );
  const site = (await getLocalSite(db)).number;
  if (type.kind === 'ticket') {
    await db.insert(stock).values({ typeId: type.id, site, quantity: places?.length ?? units });
  }
  const seatIds = await makeSeats(db, { eventId, typeId: type.id, site }, places ?? []);
  return { id: type.id, no: type.no, seatIds };
}

async function nextTypeNo(db: DbOrTx, eventId: bigint): Promise<number> {
  const [last] = await db
    .select({ no: max(passTypes.no) })
    .from(passTypes)
    .where(eq(passTypes.eventId, eventId));
  return (last?.no ?? 0) + 1;
}

async function makeSeats(
  db: DbOrTx,
  of: { eventId: bigint; typeId: bigint; site: number },
  drafts: readonly SeatDraft[],
): Promise<bigint[]> {
  const ids = await takeIds(db, drafts.length);
  await insertRows(
    db,
    seats,
    drafts.flatMap((draft, index) => {
      const id = ids[index];
      return id === undefined ? [] : [{ ...draft, ...of, id }];
    }),
  );
  return ids;
}

/** A row of seats numbered from 1. */
export function seatRow(count: number, row = 'A', section = 'Stalls'): SeatDraft[] {
  return Array.from({ length: count }, (_, index) => ({
    section,
    row,
    number: index + 1,
    accessible: false,
    x: index * 10,
    y: 0,
  }));
}
