/** npm run check: types, lint, format and import boundaries. Shows what is wrong, and only that. */
import { attempt } from './lib/run.ts';

type Check = { name: string; run: [program: string, ...args: string[]] };

/** As many at once as a small machine has cores. */
const atOnce = 2;

const checks: Check[] = [
  { name: 'lint of apps/web', run: ['eslint', 'apps/web'] },
  { name: 'lint of all others', run: ['eslint', '.', '--ignore-pattern', 'apps/web'] },
  { name: 'types of apps/web', run: ['pnpm', '--silent', '--filter', '@catraca/web', 'check'] },
  { name: 'types of scripts and tests', run: ['tsc', '-p', '.'] },
  // In one: each of them would check again what it imports.
  { name: 'types of all others', run: ['tsc', '-p', 'tsconfig.packages.json'] },
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
