import { mkdir, rename, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeError, type Log } from './log.ts';

/** Long enough to see what a busy process does, and short enough to be taken while a gate is open. */
const profileMs = 10_000;

/**
 * From now on SIGUSR2 takes a CPU profile and writes it into `folder` as `realtime-PID-TIME.cpuprofile`, which the developer
 * tools of Chromium open (Performance, Load profile). One at a time: a signal meanwhile does nothing.
 */
export function profileOnSignal(folder: string, log: Log): void {
  let busy = false;
  process.on('SIGUSR2', () => {
    if (busy) return;
    busy = true;
    takeProfile(folder)
      .then((file) => log.info({ file }, 'CPU profile written'))
      .catch((error: unknown) => log.warn({ error: describeError(error) }, 'no CPU profile'))
      .finally(() => (busy = false));
  });
}

async function takeProfile(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    await pause(profileMs, undefined, { ref: false });
    const { profile } = await session.post('Profiler.stop');
    const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
    const file = path.join(folder, `realtime-${process.pid}-${time}.cpuprofile`);
    await writeFile(`${file}.part`, JSON.stringify(profile));
    await rename(`${file}.part`, file);
    return file;
  } finally {
    session.disconnect();
  }
}
