/** npm run check: types, lint, format and import boundaries. Shows what is wrong, and only that. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib/paths.ts';
import { attempt } from './lib/run.ts';

type Check = { name: string; run: [program: string, ...args: string[]] };

/** As many at once as a small machine has cores. */
const atOnce = 2;

const projects = ['apps', 'packages'].flatMap((folder) =>
  readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`),
);

const checks: Check[] = [
  // In parts: ESLint keeps the types of all it looks at, and at once they are more than Node's heap holds.
  { name: 'lint of apps/web', run: ['eslint', 'apps/web'] },
  {
    name: 'lint of services and packages',
    run: ['eslint', 'apps', 'packages', '--ignore-pattern', 'apps/web'],
  },
  {
    name: 'lint of loadtests, scripts and tests',
    run: ['eslint', '.', '--ignore-pattern', 'apps', '--ignore-pattern', 'packages'],
  },
  { name: 'types of apps/web', run: ['pnpm', '--silent', '--filter', '@catraca/web', 'check'] },
  { name: 'types of scripts and tests', run: ['tsc', '-p', '.'] },
  { name: 'types of loadtests', run: ['tsc', '-p', 'loadtests'] },
  ...projects
    .filter((project) => project !== 'apps/web')
    .map((project): Check => ({ name: `types of ${project}`, run: ['tsc', '-p', project] })),
  {
    name: 'imports',
    run: [
      'depcruise',
      'apps',
      'loadtests',
      'packages',
      'scripts',
      'tests',
      '--output-type',
      'err-long',
    ],
  },
  { name: 'format', run: ['prettier', '--check', '--log-level=warn', '.'] },
];

const waiting = [...checks];
let failed = 0;

async function work(): Promise<void> {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const started = Date.now();
    const [program, ...args] = check.run;
    const { ok, output } = await attempt(program, args);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${ok ? '✓' : '✗'} ${check.name} (${seconds} s)`);
    if (ok) continue;
    failed += 1;
    console.log(output.trimEnd());
  }
}

await Promise.all(Array.from({ length: atOnce }, work));
if (failed > 0) {
  console.log(
    `\n${failed} of ${checks.length} checks failed. npx prettier --write . mends the format.`,
  );
  process.exitCode = 1;
}
