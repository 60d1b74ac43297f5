import { assert } from '../assert.ts';
import { epochMax } from '../admission/crossing-no.ts';
import type { ScansTaken } from './scans-taken.ts';
import type { Site, SiteKind } from './site-kind.ts';

/**
 * Which site judges the scans of an event. Epochs of the cloud are even, of a venue odd: two sites never make the same one for
 * themselves, so of any two authorities one is later (SPEC Y-20).
 */
export interface Authority {
  readonly epoch: number;
  /** The number of the site that judges. */
  readonly site: number;
  /**
   * The scans the holder must have before it judges. Null when it was taken without consent, which waits for nothing, and
   * for an event's first.
   */
  readonly awaits: ScansTaken | null;
}

export type AuthorityRefusal =
  /** Only who holds the authority can hand it over. */
  | { readonly refused: 'not_holder' }
  /** It judges already. */
  | { readonly refused: 'judges_already' }
  | { readonly refused: 'no_more_epochs' };

/** The authority of an event that only its own site knows. */
export function firstAuthority(site: Site): Authority {
  return { epoch: parityOf(site.kind), site: site.no, awaits: null };
}

/**
 * By the holder `by`, to the other site. `scans`: its own last one and all it has taken of others but the new holder, read in the
 * transaction that writes this as a fact. From then on it judges nothing.
 */
export function handOver(
  current: Authority,
  by: Site,
  to: Site,
  scans: ScansTaken,
): Authority | AuthorityRefusal {
  assert(by.no !== to.no && by.kind !== to.kind, 'authority goes from one site to the other');
  if (current.site !== by.no) return { refused: 'not_holder' };
  return held(current, to, scans);
}

/**
 * By a site that does not judge, without the holder's consent. What the holder judges until it hears of it is not seen here, so
 * a pass may be admitted at both: that comes out as conflicts (SPEC Y-24). `scansNoOf` as for `mayJudge`.
 */
export function takeOver(
  current: Authority,
  by: Site,
  scansNoOf: ScansNoOf,
): Authority | AuthorityRefusal {
  if (mayJudge(current, by.no, scansNoOf)) return { refused: 'judges_already' };
  return held(current, by, null);
}

/** The one that counts when a site knows of two. The order in which they came does not matter. */
export function laterAuthority(a: Authority, b: Authority): Authority {
  if (a.epoch !== b.epoch) return a.epoch > b.epoch ? a : b;
  assert(a.site === b.site, 'an epoch belongs to one site');
  // Handed over and taken at the same time: the new holder judges already.
  return a.awaits === null ? a : b;
}

/** The number of the last scan that was taken of another site's, 0 for none. */
export type ScansNoOf = (site: number) => number;

/** Whether `site` judges now: authority that was handed over counts only with the whole history before it. */
export function mayJudge(authority: Authority, site: number, scansNoOf: ScansNoOf): boolean {
  if (authority.site !== site) return false;
  return (authority.awaits ?? []).every((scans) => scansNoOf(scans.site) >= scans.scansNo);
}

function held(
  current: Authority,
  to: Site,
  awaits: Authority['awaits'],
): Authority | AuthorityRefusal {
  const parity = parityOf(to.kind);
  const epoch = current.epoch + (current.epoch % 2 === parity ? 2 : 1);
  if (epoch > epochMax) return { refused: 'no_more_epochs' };
  return { epoch, site: to.no, awaits };
}

function parityOf(kind: SiteKind): 0 | 1 {
  return kind === 'cloud' ? 0 : 1;
}
