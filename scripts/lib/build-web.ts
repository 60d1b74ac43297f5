import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.ts';
import { root } from './paths.ts';
import { attempt } from './run.ts';

/** Everything the build of the web app is made from. */
const sources = [
  'pnpm-lock.yaml',
  'apps/web/{package.json,*.ts}',
  'apps/web/{src,messages,static,project.inlang/settings.json}/**',
  'packages/*/{package.json,src/**}',
];
const notSources = ['apps/web/src/lib/paraglide/**', 'packages/*/src/**/*.test.ts'];

/** The hash of what the build was made from lies inside it, and so goes with it. */
const stamp = path.join(root, 'apps/web/build/.sources');

/** Builds the web app for production, unless the build is of these very sources. Says whether it did. */
export async function buildWeb(): Promise<boolean> {
  return withLock(path.join(root, '.data/build.lock'), async () => {
    const hash = hashSources();
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
    const { ok, output } = await attempt('pnpm', ['--filter', '@catraca/web', 'build']);
    if (!ok) throw new Error(`The web app does not build:\n${output}`);
    writeFileSync(stamp, hash);
    return true;
  });
}

function hashSources(): string {
  const hash = createHash('sha256');
  const files = globSync(sources, { cwd: root, exclude: notSources, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(path.relative(root, file)).update(readFileSync(file));
  return hash.digest('hex');
}
