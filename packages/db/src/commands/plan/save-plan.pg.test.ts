import { assert } from '@catraca/domain';
import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import { readPlanToEdit } from '../../queries/read-plan-to-edit.ts';
import { areaCounters, areas, auditLog, scans } from '../../schema/index.ts';
import { makeEvent } from '../../seed/index.ts';
import { makeDesk } from '../../testing/desk.ts';
import { testDatabase } from '../../testing/index.ts';
import { updateCheckpoint } from '../checkpoints/update-checkpoint.ts';
import { notifyChannel } from '../notify.ts';
import type { PlanDraft } from './plan-draft.ts';
import { savePlan as save } from './save-plan.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });

const actor = {
  ...{ organizationId: 'organization', kind: 'member' as const, id: 'user' },
  ...{ address: null, userAgent: null },
};
const savePlan = (of: typeof db, eventId: bigint, plan: PlanDraft) =>
  save(of, eventId, plan, actor);

const square = (x: number): [number, number][] => [
  [x, 0],
  [x + 90, 0],
  [x + 90, 90],
  [x, 90],
];
const area = (no: number, name = `Area ${no}`) => ({
  ...{ no, name, capacity: 10 * no, polygon: square(no * 100) },
});
const gate = (no: number, fromNo: number, toNo: number, name = `Gate ${no}`) => ({
  ...{ no, name, fromNo, toNo, directions: 'both' as const, open: true, x: no, y: 5 },
});

const newEvent = async () => (await makeEvent(db, {}, new Date())).id;
const draft = (version: number, parts: Partial<PlanDraft>): PlanDraft => ({
  ...{ version, areas: [], checkpoints: [] },
  ...parts,
});

async function stored(eventId: bigint) {
  const { version, areas: areaRows, checkpoints } = await readPlanToEdit(db, eventId);
  const noOf = new Map(areaRows.map(({ id, no }) => [id, no]));
  return {
    version,
    areas: areaRows.map(({ no, name, capacity }) => [no, name, capacity]),
    gates: checkpoints.map((one) => [one.name, noOf.get(one.fromAreaId), noOf.get(one.toAreaId)]),
  };
}

test('V-6: a plan is saved as one change, and gates hear of it', async () => {
  const eventId = await newEvent();
  const heard = new Promise<string>((resolve) => {
    void db.$client.listen(notifyChannel, resolve, () => {
      const areasDrawn = [area(1, 'Hall'), area(2, 'Stage')];
      const checkpoints = [gate(1, 0, 1), gate(2, 1, 2)];
      void savePlan(db, eventId, draft(0, { areas: areasDrawn, checkpoints }));
    });
  });
  expect(JSON.parse(await heard)).toEqual({ kind: 'config', eventId: String(eventId) });
  expect(await stored(eventId)).toEqual({
    version: 1,
    areas: [
      [0, 'Outside', null],
      [1, 'Hall', 10],
      [2, 'Stage', 20],
    ],
    gates: [
      ['Gate 1', 0, 1],
      ['Gate 2', 1, 2],
    ],
  });
  const moved = draft(1, { areas: [area(2, 'Arena')], checkpoints: [gate(2, 0, 2)] });
  expect(await savePlan(db, eventId, moved)).toEqual({ ok: true, version: 2 });
  expect(await stored(eventId)).toEqual({
    version: 2,
    areas: [
      [0, 'Outside', null],
      [2, 'Arena', 20],
    ],
    gates: [['Gate 2', 0, 2]],
  });
  expect(await db.select().from(auditLog).where(eq(auditLog.eventId, eventId))).toMatchObject([
    { action: 'venuePlan.save', actorId: 'user', after: { areas: [{ name: 'Hall' }, {}] } },
    { before: { areas: [{ no: 0 }, { name: 'Hall' }, {}] }, after: { areas: [{ name: 'Arena' }] } },
  ]);
  const counters = await db
    .select()
    .from(areaCounters)
    .innerJoin(areas, eq(areas.id, areaCounters.areaId))
    .where(eq(areas.eventId, eventId));
  expect(counters).toHaveLength(1);
});

test('V-6: of two who drew on the same version, the second is told', async () => {
  const eventId = await newEvent();
  const both = ['Mine', 'Theirs'].map((name) =>
    savePlan(db, eventId, draft(0, { areas: [area(1, name)] })),
  );
  const results = await Promise.all(both);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results).toContainEqual({ ok: false, code: 'edited_meanwhile', version: 1 });
});

test('V-6: a checkpoint that was closed meanwhile is a later version', async () => {
  const desk = await makeDesk(db);
  const eventId = desk.eventId;
  const asItWas = { areas: [area(1, 'Hall')], checkpoints: [gate(1, 0, 1, 'Main gate')] };
  expect(await savePlan(db, eventId, draft(0, asItWas))).toEqual({ ok: true, version: 1 });
  await updateCheckpoint(db, { eventId, id: desk.checkpointId }, { open: false });
  expect(await savePlan(db, eventId, draft(1, asItWas))).toMatchObject({
    code: 'edited_meanwhile',
    version: 2,
  });
});

test('V-6: where people were scanned, and what a type opens, stays on the plan', async () => {
  const desk = await makeDesk(db);
  const { eventId, checkpointId } = desk;
  const hall = area(1, 'Hall');
  const other = gate(2, 0, 1);
  expect(await savePlan(db, eventId, draft(0, { areas: [hall], checkpoints: [other] }))).toEqual({
    ok: true,
    version: 1,
  });
  expect(await savePlan(db, eventId, draft(1, {}))).toEqual({
    ...{ ok: false, code: 'area_in_use', names: ['Hall'] },
  });
  const { checkpoints } = await readPlanToEdit(db, eventId);
  const [left] = checkpoints;
  assert(left !== undefined && left.id !== checkpointId, 'the first gate went');
  await db.insert(scans).values({
    ...{ at: new Date(), scanId: randomUUID(), eventId, deviceId: desk.deviceId, site: 1 },
    ...{ checkpointId: left.id, direction: 'entry', verdict: 'unknown_code' },
    scannedAt: new Date(),
  });
  expect(await savePlan(db, eventId, draft(1, { areas: [hall] }))).toEqual({
    ...{ ok: false, code: 'checkpoint_in_use', names: ['Gate 2'] },
  });
  // The pass that was sold carries bit 1.
  expect((await readPlanToEdit(db, eventId)).freeAreaNos).toEqual(
    Array.from({ length: 15 }, (_, index) => index + 2),
  );
});

test('a checkpoint that joins nothing is not saved, and neither is the rest', async () => {
  const eventId = await newEvent();
  const loose = draft(0, { areas: [area(1)], checkpoints: [gate(1, 1, 1), gate(2, 0, 3)] });
  expect(await savePlan(db, eventId, loose)).toEqual({
    ...{ ok: false, code: 'joins_nothing', names: ['Gate 1', 'Gate 2'] },
  });
  expect((await stored(eventId)).areas).toHaveLength(1);
});
