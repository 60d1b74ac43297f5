/** What is known of one site's part of a type. */
export interface Part {
  /** Units neither held nor sold, with those on their way to it. */
  readonly free: number;
  /** Units it sold in the window that is looked at (`splitWindowMs`). */
  readonly soldLately: number;
}

export interface SplitRules {
  /** The venue's part of what is free, 0 to 1, where a manager set it; null: what sells faster gets more. */
  readonly venueShare: number | null;
  /** Each site has at least this many, as long as there are enough for both. */
  readonly unitsKept: number;
  /** How many sales it takes to count as much as the split there is: one sale alone moves little. */
  readonly inertia: number;
  /** A difference up to this part of what is free is let be, so that units do not go to and fro. */
  readonly slack: number;
}

/** Sales of this long are compared. */
export const splitWindowMs = 15 * 60_000;

export const usualSplit: SplitRules = {
  venueShare: null,
  unitsKept: 10,
  inertia: 20,
  slack: 0.1,
};

/** What the cloud does about a type's split. */
export type SplitStep =
  | { readonly kind: 'give'; readonly units: number }
  /** The venue gives what it has free when it takes this, at most so many. */
  | { readonly kind: 'ask_back'; readonly units: number }
  | { readonly kind: 'leave' };

/**
 * How the units of a type that nobody has bought are split: as they are where nobody sells, so that a venue that is not open yet holds
 * little, and step by step to where they are sold. Decided by the cloud alone, so that two sites never plan against each
 * other. Until the venue has taken the last question, and what it gave has come, nothing new is planned for that type.
 */
export function planSplit(cloud: Part, venue: Part, rules: SplitRules): SplitStep {
  const free = cloud.free + venue.free;
  const target = venueTarget(cloud, venue, rules);
  const missing = target - venue.free;
  const slack = Math.floor(free * rules.slack);
  // Who has nothing left is helped at once, and all or nothing means it.
  const hasNothing = missing > 0 ? venue.free === 0 : cloud.free === 0;
  const isUrgent = hasNothing || target === 0 || target === free;
  if (missing === 0 || (Math.abs(missing) <= slack && !isUrgent)) return { kind: 'leave' };
  return missing > 0 ? { kind: 'give', units: missing } : { kind: 'ask_back', units: -missing };
}

/** Units the venue should have free. */
function venueTarget(cloud: Part, venue: Part, rules: SplitRules): number {
  const free = cloud.free + venue.free;
  if (rules.venueShare !== null) return Math.round(free * rules.venueShare);
  const inertia = free === 0 ? 0 : rules.inertia / free;
  const ofVenue = venue.soldLately + inertia * venue.free;
  const ofBoth = ofVenue + cloud.soldLately + inertia * cloud.free;
  const target = ofBoth === 0 ? venue.free : Math.round((free * ofVenue) / ofBoth);
  const kept = Math.min(rules.unitsKept, Math.floor(free / 2));
  return Math.min(Math.max(target, kept), free - kept);
}

/** What a site asks the other for when `wanted` units are not there, in one request: a little more than this one buyer needs. */
export function unitsToAsk(free: number, wanted: number, rules: SplitRules): number {
  return wanted <= free ? 0 : wanted - free + rules.unitsKept;
}
