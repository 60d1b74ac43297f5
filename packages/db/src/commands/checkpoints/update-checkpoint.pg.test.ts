import { expect, test } from 'vitest';
import { initSite } from '../../local-site.ts';
import { listCheckpoints } from '../../queries/list-checkpoints.ts';
import { makeDesk } from '../../testing/desk.ts';
import { testDatabase } from '../../testing/index.ts';
import { notifyChannel } from '../notify.ts';
import { updateCheckpoint } from './update-checkpoint.ts';

const { db } = await testDatabase();
await initSite(db, { number: 1, name: 'Test', kind: 'cloud' });
const desk = await makeDesk(db);
const gate = { eventId: desk.eventId, id: desk.checkpointId };

test('a checkpoint is renamed, closed and opened, each by itself', async () => {
  await updateCheckpoint(db, gate, { open: false });
  await updateCheckpoint(db, gate, { name: 'North gate' });
  expect(await listCheckpoints(db, desk.eventId)).toMatchObject([
    { name: 'North gate', open: false, isEntrance: true, toAreaName: 'Hall' },
  ]);
  await updateCheckpoint(db, gate, { open: true });
  expect(await listCheckpoints(db, desk.eventId)).toMatchObject([
    { name: 'North gate', open: true },
  ]);
});

test('gates and walls hear of it', async () => {
  const heard = new Promise<string>((resolve) => {
    void db.$client.listen(notifyChannel, resolve, () => {
      void updateCheckpoint(db, gate, { open: false });
    });
  });
  expect(JSON.parse(await heard)).toEqual({ kind: 'config', eventId: String(desk.eventId) });
});

test('a checkpoint of another event is not there', async () => {
  const other = await makeDesk(db, { name: 'Another' });
  const foreign = { eventId: other.eventId, id: desk.checkpointId };
  expect(await updateCheckpoint(db, foreign, { name: 'Mine' })).toEqual({
    ok: false,
    code: 'unknown_checkpoint',
  });
});
