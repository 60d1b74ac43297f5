import type { SiteLinkView } from '@catraca/db';

/** Sites exchange every second or so: one that did not for so long (ms) is away. */
const connectedWithinMs = 10_000;

/**
 * The line to the other site. `connected`: they agree, or are about to. `away`: no answer. `refused`: it answers, and takes nothing;
 * `problem` says why. `never`: paired, and not heard of since.
 */
export type Line = 'connected' | 'away' | 'refused' | 'never';

/** Problems that pass by themselves: the other site or the way to it is out of order. */
const passing = /^(away|status_5\d\d)$/;

export function lineOf(link: Pick<SiteLinkView, 'exchangedAt' | 'problem'>, now: Date): Line {
  const { exchangedAt, problem } = link;
  if (problem !== null && !passing.test(problem)) return 'refused';
  if (exchangedAt === null) return 'never';
  return now.getTime() - exchangedAt.getTime() <= connectedWithinMs ? 'connected' : 'away';
}

/** The code of a problem, without its details: those are for the log. */
export function problemCode(problem: string | null): string | null {
  return problem?.split(' ')[0] ?? null;
}
