import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** What to tell people who have none. */
export const howToGetK6 =
  'The load tests need k6 1.0 or newer: https://grafana.com/docs/k6/latest/set-up/install-k6/';

/** k6 in PATH, or where `go install` puts programs; undefined when there is none that runs. */
export function findK6(): string | undefined {
  const goPath = spawnSync('go', ['env', 'GOPATH'], { encoding: 'utf8' }).stdout?.trim();
  const places = ['k6', ...(goPath ? [path.join(goPath, 'bin', 'k6')] : [])];
  return places.find((place) => spawnSync(place, ['version']).status === 0);
}
