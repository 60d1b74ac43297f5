import type { EntryPolicy } from '@catraca/domain';
import { and, eq, inArray, max, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { getLocalSite } from '../../local-site.ts';
import { insertRows } from '../../rows.ts';
import type { LocalizedText } from '../../schema/columns.ts';
import { areas, entitlements, passTypes, stock } from '../../schema/index.ts';
import type { Actor } from '../audit/write-audit.ts';
import { lockStock } from '../locks.ts';
import { policyCountOf, policyOf } from '../passes/signed-types.ts';
import { changeSetUp, type EditedMeanwhile, type SetUpRefusal } from './change-set-up.ts';
import { unlessConfirmed, type AffectsSold } from './what-was-sold.ts';

/** When a type opens which area. */
export interface Opening {
  areaId: bigint;
  startsAt: Date;
  endsAt: Date;
}

/** All that a type is. */
export interface TypeValues {
  name: LocalizedText;
  description: LocalizedText;
  /** `#1d4ed8` */
  colour: string;
  policy: EntryPolicy;
  priceMinor: number;
  feeMinor: number;
  taxBasisPoints: number;
  passesPerUnit: number;
  unitsPerOrderMax: number;
  saleStartsAt: Date | null;
  saleEndsAt: Date | null;
  hidden: boolean;
  channels: ('web' | 'desk')[];
  openings: Opening[];
}

export interface TypeChange {
  /** Null makes a new one. */
  typeId: bigint | null;
  /** The one it was made on; of a new one nobody asks. */
  version: number;
  kind: 'ticket' | 'credential';
  values: TypeValues;
  /** Units this site may sell; null leaves them, as for a type with seats, whose units are its seats. */
  quantity: number | null;
  /** Somebody read whom it reaches, and wants it. */
  confirmed: boolean;
}

export type SaveTypeResult =
  | { ok: true; typeId: bigint; version: number }
  | SetUpRefusal
  | EditedMeanwhile
  | AffectsSold
  | { ok: false; code: 'unknown_type' | 'unknown_area' | 'too_many_types' }
  /** So many are sold or held at this site. */
  | { ok: false; code: 'below_sold'; taken: number }
  /** What one unit admits stands on what was sold. */
  | { ok: false; code: 'unit_was_sold'; passes: number };

/** More than a person can look through; the token has room for far more. */
const typesMax = 200;

type TypeRow = typeof passTypes.$inferSelect;

/** Makes a type or changes it: words, price, windows and how many there are, all or nothing. */
export async function saveType(
  db: Db,
  eventId: bigint,
  change: TypeChange,
  actor: Actor,
): Promise<SaveTypeResult> {
  return changeSetUp<SaveTypeResult>(db, eventId, actor, async ({ tx, audit }) => {
    const known = change.typeId === null ? undefined : await lockType(tx, eventId, change.typeId);
    if (change.typeId !== null && known?.kind !== change.kind)
      return { ok: false, code: 'unknown_type' };
    if (known && known.version !== change.version)
      return { ok: false, code: 'edited_meanwhile', version: known.version };
    if (!(await areOfEvent(tx, eventId, change.values.openings)))
      return { ok: false, code: 'unknown_area' };
    const before = known && (await openingsOf(tx, known.id));
    const refusal = known && (await refuseForSold(tx, known, before ?? [], change));
    if (refusal) return refusal;
    const row = known ? await changeRow(tx, known, change) : await addRow(tx, eventId, change);
    if (!row) return { ok: false, code: 'too_many_types' };
    await writeOpenings(tx, row.id, change.values.openings);
    const short = await setQuantity(tx, row, change.quantity);
    if (short) return short;
    await audit({
      action: 'passType.save',
      subjectKind: 'pass_type',
      subjectId: String(row.id),
      before: known ? { ...spoken(known), openings: before?.map(spokenOpening) } : null,
      after: {
        ...spoken(row),
        openings: change.values.openings.map(spokenOpening),
        quantity: change.quantity,
      },
    });
    return { ok: true, typeId: row.id, version: row.version };
  });
}

export async function lockType(
  tx: Tx,
  eventId: bigint,
  typeId: bigint,
): Promise<TypeRow | undefined> {
  const [type] = await tx
    .select()
    .from(passTypes)
    .where(and(eq(passTypes.id, typeId), eq(passTypes.eventId, eventId)))
    .for('no key update');
  return type;
}

async function areOfEvent(tx: Tx, eventId: bigint, openings: readonly Opening[]) {
  const wanted = [...new Set(openings.map(({ areaId }) => areaId))];
  if (wanted.length === 0) return true;
  const found = await tx.$count(
    areas,
    and(eq(areas.eventId, eventId), inArray(areas.id, wanted), sql`${areas.no} > 0`),
  );
  return found === wanted.length;
}

function openingsOf(tx: Tx, typeId: bigint): Promise<Opening[]> {
  const { areaId, startsAt, endsAt } = entitlements;
  return tx
    .select({ areaId, startsAt, endsAt })
    .from(entitlements)
    .where(eq(entitlements.typeId, typeId))
    .orderBy(areaId, startsAt);
}

/** What people bought may be changed by who says so; what one unit admits not at all. */
async function refuseForSold(
  tx: Tx,
  known: TypeRow,
  before: readonly Opening[],
  { values, confirmed }: TypeChange,
): Promise<SaveTypeResult | undefined> {
  const policy = policyOf(known.policyKind, known.policyCount);
  const other =
    JSON.stringify(policy) !== JSON.stringify(values.policy) ||
    keyOf(before) !== keyOf(values.openings);
  if (values.passesPerUnit !== known.passesPerUnit) {
    const refusal = await unlessConfirmed(tx, [known.id], false);
    if (refusal) return { ok: false, code: 'unit_was_sold', passes: refusal.passes };
  }
  return other ? unlessConfirmed(tx, [known.id], confirmed) : undefined;
}

function keyOf(openings: readonly Opening[]): string {
  return openings
    .map((one) => `${one.areaId} ${one.startsAt.getTime()} ${one.endsAt.getTime()}`)
    .toSorted()
    .join();
}

function rowValues({ openings: _, policy, ...values }: TypeValues) {
  return { ...values, policyKind: policy.kind, policyCount: policyCountOf(policy) };
}

async function changeRow(tx: Tx, known: TypeRow, { values }: TypeChange) {
  const [row] = await tx
    .update(passTypes)
    .set({ ...rowValues(values), version: known.version + 1 })
    .where(eq(passTypes.id, known.id))
    .returning();
  return row;
}

/** A number that was used is never used again, since tokens name it; the event's row is locked. */
async function addRow(tx: Tx, eventId: bigint, { kind, values }: TypeChange) {
  const [last] = await tx
    .select({ no: max(passTypes.no), position: max(passTypes.position) })
    .from(passTypes)
    .where(eq(passTypes.eventId, eventId));
  const no = (last?.no ?? 0) + 1;
  if (no > typesMax) return undefined;
  const position = last?.position === null || last === undefined ? 0 : last.position + 1;
  const [row] = await tx
    .insert(passTypes)
    .values({ ...rowValues(values), eventId, kind, no, position })
    .returning();
  return row;
}

async function writeOpenings(tx: Tx, typeId: bigint, openings: readonly Opening[]) {
  await tx.delete(entitlements).where(eq(entitlements.typeId, typeId));
  await insertRows(
    tx,
    entitlements,
    openings.map((opening) => ({ ...opening, typeId })),
    sql`on conflict do nothing`,
  );
}

/** Of a ticket; what was sold and is held stays within it. */
async function setQuantity(
  tx: Tx,
  { id, kind, seated }: TypeRow,
  quantity: number | null,
): Promise<SaveTypeResult | undefined> {
  if (kind !== 'ticket') return undefined;
  const site = (await getLocalSite(tx)).number;
  const row = { typeId: id, site, quantity: quantity ?? 0 };
  await tx.insert(stock).values(row).onConflictDoNothing();
  if (quantity === null || seated) return undefined;
  const own = (await lockStock(tx, site, [id])).get(id);
  const taken = (own?.held ?? 0) + (own?.sold ?? 0);
  if (quantity < taken) return { ok: false, code: 'below_sold', taken };
  await tx
    .update(stock)
    .set({ quantity })
    .where(and(eq(stock.typeId, id), eq(stock.site, site)));
  return undefined;
}

const spokenOpening = ({ areaId, startsAt, endsAt }: Opening) =>
  `${areaId} ${startsAt.toISOString()} – ${endsAt.toISOString()}`;

function spoken({ id: _, eventId: __, ...row }: TypeRow) {
  return row;
}
