import { constants, setPriority } from 'node:os';
import { readSettings } from './env.ts';
import { describeError, openLog } from './log.ts';
import { startWorker } from './start.ts';

/** Past this (ms) what has not ended by itself is left behind; it is taken up again by the next worker. */
const stopWithinMs = 1_500;

try {
  // Nobody waits for it: buyers and gates on the same machine come first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const settings = readSettings();
  const log = openLog(settings.logLevel);
  const worker = await startWorker(settings, log);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), stopWithinMs).unref();
      void worker.stop().then(() => process.exit(0));
    });
  }
  process.send?.('ready');
} catch (error) {
  console.error(error instanceof Error ? error.message : describeError(error));
  process.exit(1);
}
