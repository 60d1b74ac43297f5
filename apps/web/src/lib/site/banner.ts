import type { RouterOutputs } from '@catraca/api';

export type SiteStatus = RouterOutputs['site']['status'];
type Cloud = NonNullable<SiteStatus['cloud']>;

/**
 * What those who work at a venue are told of the line to their cloud. `stopped`: this machine sells nothing. `refused`: the cloud
 * answers, and takes nothing. Null when all is well.
 */
export type Banner =
  | { kind: 'stopped'; state: Exclude<Cloud['state'], 'active'> }
  | { kind: 'refused'; problem: string | null; waiting: number }
  | { kind: 'away'; since: Date | null; waiting: number }
  | { kind: 'catching_up'; left: number };

/** So many changes wait for a moment in a busy hour too, and go with the next exchange. */
const catchingUpFrom = 100;

export function bannerOf({ cloud }: SiteStatus): Banner | null {
  if (!cloud) return null;
  const { state, line, problem, since, waiting, left } = cloud;
  if (state !== 'active') return { kind: 'stopped', state };
  if (line === 'refused') return { kind: 'refused', problem, waiting };
  if (line !== 'connected') return { kind: 'away', since, waiting };
  return left < catchingUpFrom ? null : { kind: 'catching_up', left };
}
