import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '@catraca/db';
import { crowdAtGates } from './crowd-at-gates.ts';
import type { RealtimeNode } from './load-site.ts';
import { counted, equal } from './report.ts';
import type { Scenario } from './scenario.ts';

/** The share of all scans after which the process dies: in the middle of the crowd. */
const killedAfter = 0.4;

/** It hangs for so long (ms) before: every device that scans then has a scan without an answer when its line is cut. */
const hangsForMs = 300;

const lookEveryMs = 100;

/** Several devices stand at one gate. */
const checkpointsMax = 50;

export const reconnectStorm: Scenario = {
  about:
    'all devices and walls are on one realtime process, which dies: they go to another at once',
  scale: { people: 12_000, gates: 500, minutes: 0.5, walls: 500, rate: 1 },
  needsWeb: false,
  async run(bench) {
    const { scale, say, k6 } = bench;
    const { gates, walls } = scale;
    const { plan, nodes, checkBooks } = await crowdAtGates(bench, Math.min(gates, checkpointsMax));
    const [first] = nodes;
    const planned = plan.byDevice.flat().length;
    say(`k6: ${gates} devices and ${walls} walls on one of two processes`);
    const ended = new AbortController();
    const killed = killAt(bench.site.db, first, planned * killedAfter, ended.signal);
    const result = await k6().finally(() => ended.abort());
    const judgedBefore = await killed;
    say(`${first.name} was killed after ${judgedBefore} scans`);
    const resent = counted(result, 'resent');
    return {
      k6: result,
      figures: [
        ['scans', String(counted(result, 'scans'))],
        ['scans in the log when the process died', String(judgedBefore)],
        ['scans open at that moment, sent again with their ids', String(resent)],
      ],
      books: [
        equal(
          'devices and walls that lost their line and came back',
          gates + walls,
          counted(result, 'reconnects'),
        ),
        equal('there were scans to send again', true, resent > 0),
        ...(await checkBooks(result)),
      ],
    };
  },
};

/** @returns the scans in the log at that moment; 0 when the run ended before. */
async function killAt(
  db: Db,
  node: RealtimeNode,
  scans: number,
  ended: AbortSignal,
): Promise<number> {
  while (!ended.aborted) {
    const [row] = await db.$client<{ count: number }[]>`select count(*)::int as count from scans`;
    const count = row?.count ?? 0;
    if (count >= scans) {
      process.kill(node.pid, 'SIGSTOP');
      await pause(hangsForMs);
      node.kill();
      return count;
    }
    await pause(lookEveryMs);
  }
  return 0;
}
