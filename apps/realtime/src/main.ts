import { profileOnSignal } from './cpu-profile.ts';
import { readSettings } from './env.ts';
import { describeError, openLog } from './log.ts';
import { startRealtime } from './start.ts';

/** Past this (ms) what has not ended by itself is left behind. */
const stopWithinMs = 1_600;

try {
  const settings = readSettings();
  const log = openLog(settings.logLevel);
  // A bug ends the process: whoever started it starts it again, and devices send again what was not answered.
  process.on('uncaughtException', (error) => {
    log.fatal({ error: describeError(error) }, 'bug');
    process.exit(1);
  });
  if (settings.profileDir !== undefined) profileOnSignal(settings.profileDir, log);
  // Its default would end the process.
  else process.on('SIGUSR2', () => log.warn('no CPU profile: CATRACA_PROFILE_DIR is not set'));
  const realtime = await startRealtime(settings, log);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), stopWithinMs).unref();
      void realtime.stop().then(() => process.exit(0));
    });
  }
  process.send?.('ready');
} catch (error) {
  console.error(describeError(error).message ?? 'realtime cannot start');
  process.exit(1);
}
