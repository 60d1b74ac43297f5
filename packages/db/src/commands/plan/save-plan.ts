import { maskHas, outsideAreaNo } from '@catraca/domain';
import { eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { carriedAreaBits } from '../../queries/read-plan-to-edit.ts';
import { insertRows } from '../../rows.ts';
import { areas, checkpoints, events, venuePlans } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { isSetUpElsewhere } from '../../sync/set-up-elsewhere.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { notify } from '../notify.ts';
import { transact } from '../transact.ts';
import { blankDrawing } from './blank-drawing.ts';
import { findWhatStays } from './find-what-stays.ts';
import type { PlanDraft, PlanRefusal } from './plan-draft.ts';

export type SavePlanResult = { ok: true; version: number } | PlanRefusal;

type AreaRow = typeof areas.$inferSelect;
type CheckpointRow = typeof checkpoints.$inferSelect;

/** Makes an event's plan what the draft says, as one change; gates, walls and venues hear of it. */
export async function savePlan(
  db: Db,
  eventId: bigint,
  draft: PlanDraft,
  actor: Actor,
): Promise<SavePlanResult> {
  return transact<SavePlanResult>(db, async (tx, refuse) => {
    if (await isSetUpElsewhere(tx, eventId)) return { ok: false, code: 'set_up_elsewhere' };
    const before = await lockPlan(tx, eventId);
    if (before.version !== draft.version) {
      return { ok: false, code: 'edited_meanwhile', version: before.version };
    }
    const refusal = whatJoinsNothing(draft) ?? (await whatCannotBe(tx, eventId, before, draft));
    if (refusal) return refuse(refusal);
    const areaIds = await writeAreas(tx, eventId, before.areas, draft);
    await writeCheckpoints(tx, eventId, { before: before.checkpoints, draft, areaIds });
    const version = await writePlan(tx, eventId, draft);
    await writeAudit(tx, actor, {
      ...{ action: 'venuePlan.save', eventId, subjectKind: 'venue_plan', subjectId: eventId },
      before: { areas: before.areas.map(auditedArea), checkpoints: before.checkpoints },
      after: {
        ...{ areas: draft.areas.map(auditedArea), checkpoints: draft.checkpoints },
        hasNewDrawing: draft.drawing !== undefined,
      },
    });
    await notify(tx, { kind: 'config', eventId: String(eventId) });
    await record(tx, 'event', [eventId]);
    return { ok: true, version };
  });
}

/** Without its corners: that it was drawn anew is seen on the plan. */
function auditedArea({
  no,
  name,
  capacity,
}: {
  no: number;
  name: string;
  capacity: number | null;
}) {
  return { no, name, capacity };
}

interface Before {
  version: number;
  areas: AreaRow[];
  checkpoints: CheckpointRow[];
}

/** The event's row is the lock: the plan may not be there yet. */
async function lockPlan(tx: Tx, eventId: bigint): Promise<Before> {
  await tx.select().from(events).where(eq(events.id, eventId)).for('no key update');
  const [plan] = await tx
    .select({ version: venuePlans.version })
    .from(venuePlans)
    .where(eq(venuePlans.eventId, eventId));
  return {
    version: plan?.version ?? 0,
    areas: await tx.select().from(areas).where(eq(areas.eventId, eventId)),
    checkpoints: await tx.select().from(checkpoints).where(eq(checkpoints.eventId, eventId)),
  };
}

function whatJoinsNothing(draft: PlanDraft): PlanRefusal | undefined {
  const nos = new Set([outsideAreaNo, ...draft.areas.map(({ no }) => no)]);
  const loose = draft.checkpoints.filter(
    ({ fromNo, toNo }) => fromNo === toNo || !nos.has(fromNo) || !nos.has(toNo),
  );
  if (loose.length === 0) return undefined;
  return { ok: false, code: 'joins_nothing', names: loose.map(({ name }) => name) };
}

async function whatCannotBe(
  tx: Tx,
  eventId: bigint,
  before: Before,
  draft: PlanDraft,
): Promise<PlanRefusal | undefined> {
  const stays = await findWhatStays(tx, eventId, {
    areas: goneFrom(before.areas, draft.areas).filter(({ no }) => no !== outsideAreaNo),
    checkpoints: goneFrom(before.checkpoints, draft.checkpoints),
  });
  if (stays) return stays;
  const newNos = goneFrom(draft.areas, before.areas).map(({ no }) => no);
  if (newNos.length === 0) return undefined;
  const carried = await carriedAreaBits(tx, eventId);
  const nos = newNos.filter((no) => maskHas(carried, no));
  return nos.length === 0 ? undefined : { ok: false, code: 'area_number_used', nos };
}

/** Those of the first that the second has no longer. */
function goneFrom<Row extends { no: number }>(
  rows: readonly Row[],
  left: readonly { no: number }[],
): Row[] {
  const nos = new Set(left.map(({ no }) => no));
  return rows.filter(({ no }) => !nos.has(no));
}

/** @returns ids of the areas by their numbers, `outside` among them. */
async function writeAreas(
  tx: Tx,
  eventId: bigint,
  before: readonly AreaRow[],
  draft: PlanDraft,
): Promise<Map<number, bigint>> {
  const outside = before.find(({ no }) => no === outsideAreaNo) ?? {
    ...{ no: outsideAreaNo, name: 'Outside', capacity: null, polygon: [] },
  };
  const rows = [outside, ...draft.areas].map(({ no, name, capacity, polygon }) => ({
    ...{ eventId, no, name, capacity },
    polygon: polygon.map(([x, y]): [number, number] => [x, y]),
  }));
  const written = await insertRows(
    tx,
    areas,
    rows,
    sql`on conflict (event_id, no) do update set name = excluded.name, capacity = excluded.capacity,
      polygon = excluded.polygon, version = areas.version + 1 returning id, no`,
  );
  await tx.execute(sql`
    insert into area_counters (area_id) select id from areas where event_id = ${eventId} and no <> ${outsideAreaNo}
    on conflict do nothing`);
  return new Map(written.map(({ id, no }) => [Number(no), BigInt(String(id))]));
}

interface CheckpointsToWrite {
  before: readonly CheckpointRow[];
  draft: PlanDraft;
  areaIds: ReadonlyMap<number, bigint>;
}

/** Writes the checkpoints, and takes away those and the areas that are gone: an area goes after what leads to it. */
async function writeCheckpoints(
  tx: Tx,
  eventId: bigint,
  { before, draft, areaIds }: CheckpointsToWrite,
): Promise<void> {
  await removeRows(tx, 'checkpoints', goneFrom(before, draft.checkpoints));
  await insertRows(
    tx,
    checkpoints,
    draft.checkpoints.map(({ fromNo, toNo, no, name, directions, open, x, y }) => ({
      ...{ eventId, no, name, directions, open, x, y },
      fromAreaId: areaIds.get(fromNo) ?? 0n,
      toAreaId: areaIds.get(toNo) ?? 0n,
    })),
    sql`on conflict (event_id, no) do update set name = excluded.name, from_area_id = excluded.from_area_id,
      to_area_id = excluded.to_area_id, directions = excluded.directions, open = excluded.open,
      x = excluded.x, y = excluded.y, version = checkpoints.version + 1`,
  );
  const left = await tx.select().from(areas).where(eq(areas.eventId, eventId));
  const gone = goneFrom(left, draft.areas).filter(({ no }) => no !== outsideAreaNo);
  await removeRows(tx, 'areas', gone);
}

async function removeRows(
  tx: Tx,
  table: 'areas' | 'checkpoints',
  rows: readonly { id: bigint }[],
): Promise<void> {
  if (rows.length === 0) return;
  const ids = `{${rows.map(({ id }) => id).join(',')}}`;
  await tx.execute(sql`delete from ${sql.identifier(table)} where id = any(${ids}::bigint[])`);
}

async function writePlan(tx: Tx, eventId: bigint, { drawing }: PlanDraft): Promise<number> {
  const later = { version: sql`${venuePlans.version} + 1` };
  const [plan] = await tx
    .insert(venuePlans)
    .values({ eventId, ...(drawing ?? blankDrawing) })
    .onConflictDoUpdate({ target: venuePlans.eventId, set: { ...drawing, ...later } })
    .returning({ version: venuePlans.version });
  if (!plan) throw new Error('a plan was not written');
  return plan.version;
}
