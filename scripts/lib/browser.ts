import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { show } from './run.ts';

const debianChromium = '/usr/bin/chromium';

/**
 * A Chromium for the browser tests: CHROMIUM_PATH, the system's, Playwright's own (downloaded when it may be),
 * or, as root on Debian, the package `chromium`.
 * @throws with what to do when there is none to be had.
 */
export async function ensureBrowser(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  const found = [debianChromium, chromium.executablePath()].find((file) => existsSync(file));
  if (found) return found;

  console.log('No Chromium found: getting one.');
  await show('playwright', ['install', 'chromium']);
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) installFromDebian();
  if (existsSync(debianChromium)) return debianChromium;
  throw new Error(
    'The browser tests need a Chromium, and none could be downloaded. Install one and name it in CHROMIUM_PATH, or leave them out: npm test -- --project unit --project web --project pg --project socket',
  );
}

function installFromDebian(): void {
  const options = {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  } as const;
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], options);
}
