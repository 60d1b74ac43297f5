/**
 * The usual live feed, beside which ours is measured: a `ws` server that asks the database for new scans ten times a second, and
 * sends each as a JSON message of its own to every wall. A wall that connects has the event counted for it. It is not made slow on
 * purpose: a message is written once for all walls, and the query is one of an index. It speaks the frames of the protocol.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { LiveScan, LiveTotals } from '@catraca/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { countTotals } from '../database/check-log.ts';
import { openSql, type Sql } from '../database/open-sql.ts';
import type { UsualFeedOrder } from '../services/usual-feed.ts';

/** What such services are run with. */
const connections = 10;

const pollMs = 100;

/** A scan is dated before it is committed: so far back (ms) the next query looks again. */
const lookBackMs = 2_000;

process.once('message', (order: UsualFeedOrder) => {
  serve(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit());

async function serve({ databaseUrl, eventId, port }: UsualFeedOrder): Promise<void> {
  const sql = openSql(databaseUrl, connections);
  const server = new WebSocketServer({ host: '127.0.0.1', port, perMessageDeflate: false });
  const walls = new Set<WebSocket>();
  const totals: LiveTotals = await countTotals(sql);
  let seq = 0;
  server.on('connection', (wall) => {
    wall.on('error', () => {}).on('close', () => walls.delete(wall));
    void countTotals(sql).then((counted) => {
      const at = new Date().toISOString();
      wall.send(
        JSON.stringify({ type: 'snapshot', epoch: 'usual', seq, at, totals: counted, feed: [] }),
      );
      walls.add(wall);
    });
  });
  process.send?.({ kind: 'listening' });
  for await (const scan of newScans(sql, eventId)) {
    totals[kindOf(scan)] += 1;
    seq += 1;
    const at = new Date().toISOString();
    const message = JSON.stringify({ type: 'delta', seq, at, totals, feed: [scan] });
    for (const wall of walls) wall.send(message);
  }
}

function kindOf({ verdict }: LiveScan): keyof LiveTotals {
  return verdict === 'admitted' || verdict === 'exited' ? verdict : 'refused';
}

async function* newScans(sql: Sql, eventId: string): AsyncGenerator<LiveScan> {
  let known = new Set((await recentScans(sql, eventId)).map(({ scanId }) => scanId));
  while (true) {
    await pause(pollMs);
    const recent = await recentScans(sql, eventId);
    for (const scan of recent) if (!known.has(scan.scanId)) yield scan;
    known = new Set(recent.map(({ scanId }) => scanId));
  }
}

function recentScans(sql: Sql, eventId: string) {
  return sql<LiveScan[]>`
    select s.scan_id as "scanId", to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, s.verdict,
      s.checkpoint_id::text as "checkpointId", s.device_id::text as "deviceId", y.name ->> 'en' as "typeName"
    from scans s
    left join passes p on p.id = s.pass_id and p.event_id = s.event_id
    left join pass_types y on y.id = p.type_id
    where s.event_id = ${eventId} and s.at > now() - make_interval(secs => ${lookBackMs / 1000})
    order by s.at`;
}
