import type { parseArgs } from 'node:util';

/** What this installation is, or becomes at its first start. */
export type SiteChoice =
  | { kind: 'cloud' }
  /** `cloud`: the origin of its cloud. `code`: shown there to an admin; needed once. */
  | { kind: 'venue'; cloud: string | undefined; code: string | undefined };

/** The flags of `npm start` that say so. @throws in words for people. */
export function readSiteChoice(values: {
  site?: string | undefined;
  cloud?: string | undefined;
  pair?: string | undefined;
}): SiteChoice {
  const { site = 'cloud', cloud, pair: code } = values;
  if (site === 'venue') return { kind: 'venue', cloud: cloud && originOf(cloud), code };
  if (site !== 'cloud') throw new Error(`--site is cloud or venue, not ${site}.`);
  if (cloud || code) throw new Error('--cloud and --pair belong to --site venue.');
  return { kind: 'cloud' };
}

function originOf(address: string): string {
  if (!URL.canParse(address))
    throw new Error(`--cloud is an address such as https://tickets.example, not ${address}.`);
  return new URL(address).origin;
}

export const siteOptions = {
  site: { type: 'string' },
  cloud: { type: 'string' },
  pair: { type: 'string' },
} as const satisfies NonNullable<Parameters<typeof parseArgs>[0]>['options'];
