import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Job, type Work } from './job.ts';

const silent = pino({ level: 'silent' });
const never = 2 ** 30;

/** Work whose rounds are ended by hand. */
function byHand() {
  const rounds: PromiseWithResolvers<'done' | 'more'>[] = [];
  const waiters: (() => void)[] = [];
  const work: Work = {
    name: 'by hand',
    everyMs: never,
    run() {
      const round = Promise.withResolvers<'done' | 'more'>();
      rounds.push(round);
      waiters.shift()?.();
      return round.promise;
    },
  };
  const nextRound = () => new Promise<void>((resolve) => waiters.push(resolve));
  return { work, rounds, nextRound };
}

it('runs at once, one round at a time, and again when there is more', async () => {
  const { work, rounds, nextRound } = byHand();
  const job = new Job(work, silent);
  expect(rounds).toHaveLength(1);
  job.wake();
  expect(rounds).toHaveLength(1);
  const second = nextRound();
  rounds[0]?.resolve('done');
  await second;
  const third = nextRound();
  rounds[1]?.resolve('more');
  await third;
  rounds[2]?.resolve('done');
  await job.stop();
  expect(rounds).toHaveLength(3);
});

it('waits for the round under way when it is stopped, and begins no other', async () => {
  const { work, rounds } = byHand();
  const job = new Job(work, silent);
  let stopped = false;
  const stopping = job.stop().then(() => (stopped = true));
  await Promise.resolve();
  expect(stopped).toBe(false);
  rounds[0]?.resolve('more');
  await stopping;
  job.wake();
  expect(rounds).toHaveLength(1);
});

it('goes on after a round that failed', async () => {
  const { work, rounds, nextRound } = byHand();
  const job = new Job(work, silent);
  job.wake();
  const second = nextRound();
  rounds[0]?.reject(new Error('database away'));
  await second;
  rounds[1]?.resolve('done');
  await job.stop();
  expect(rounds).toHaveLength(2);
});
