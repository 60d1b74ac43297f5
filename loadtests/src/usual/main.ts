/**
 * The usual design, beside which ours is measured: HTTP, an ORM, a pool of ten connections, one transaction a scan.
 * It has the same rules, data and answers, and is not made slow on purpose: devices, keys and the venue are in
 * memory, a code is compared instead of verified, and the counter of an area, which all gates want, is locked last.
 */
import { holdKeysOf, openDb } from '@catraca/db';
import { scanRequestSchema, scansPath } from '@catraca/protocol';
import fastify from 'fastify';
import { readBenchEvent } from '../database/read-facts.ts';
import { benchMasterKey } from '../passes/pass.ts';
import type { UsualOrder } from '../services/usual.ts';
import { admitScan } from './admit-scan.ts';
import { loadDevices, loadKeys } from './memory.ts';

/** What such services are run with. */
const connections = 10;

process.once('message', (order: UsualOrder) => {
  serve(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit());

async function serve({ databaseUrl, port }: UsualOrder): Promise<void> {
  const db = openDb(databaseUrl, { connections, name: 'usual' });
  await holdKeysOf(db, benchMasterKey);
  const { venue } = await readBenchEvent(db);
  const devices = await loadDevices(db);
  const keys = await loadKeys(db);
  const app = fastify();
  app.post(scansPath, async (request, reply) => {
    const device = devices.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
    if (device === undefined)
      return reply.code(401).send({ type: 'refused', code: 'unauthorized' });
    const scan = scanRequestSchema.parse(request.body);
    return admitScan({ db, venue, keys }, device, scan);
  });
  await app.listen({ host: '127.0.0.1', port });
  process.send?.({ kind: 'listening' });
}
