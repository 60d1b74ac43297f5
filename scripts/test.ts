/** npm test: every test there is, or those that the arguments name (they are Vitest's). */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ensureBrowser } from './lib/browser.ts';
import { ensureGatewayPrograms } from './lib/gateway/find-nginx.ts';
import { root } from './lib/paths.ts';
import { ensureNatsServer } from './lib/nats-server.ts';
import { show } from './lib/run.ts';

const args = process.argv.slice(2);
const report = path.join(root, 'test-results/vitest.json');
mkdirSync(path.dirname(report), { recursive: true });

const projects = args.flatMap((arg, i) => (arg === '--project' ? [args[i + 1]] : []));
const needsBrowser = projects.length === 0 || projects.includes('browser');
const environment = {
  // Each test file is a process, and starts others: they read the same modules hundreds of times.
  NODE_COMPILE_CACHE: path.join(root, '.data/compile-cache'),
  ...(needsBrowser && { CHROMIUM_PATH: await ensureBrowser() }),
};
if (projects.length === 0 || projects.includes('socket')) ensureNatsServer();
if (projects.length === 0 || projects.includes('socket') || projects.includes('browser'))
  ensureGatewayPrograms();

process.exitCode = await show(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
  environment,
);
