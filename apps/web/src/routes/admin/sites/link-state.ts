import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { ago } from '../stamp.ts';
import type { StateName, Tone } from '../state-names.ts';

export type SiteLink = RouterOutputs['site']['list']['sites'][number];

const lines: Record<SiteLink['line'], [() => string, Tone]> = {
  connected: [m.sites_state_connected, 'good'],
  away: [m.sites_state_away, 'notice'],
  refused: [m.sites_state_refused, 'danger'],
  never: [m.sites_state_never, 'quiet'],
};

const states: Record<Exclude<SiteLink['state'], 'active'>, [() => string, Tone]> = {
  fenced: [m.sites_state_fenced, 'danger'],
  unproved: [m.sites_state_unproved, 'danger'],
  revoked: [m.sites_state_revoked, 'quiet'],
};

/** How a site stands with this one, in a word. */
export function linkStateName({ state, line }: Pick<SiteLink, 'state' | 'line'>): StateName {
  const [name, tone] = state === 'active' ? lines[line] : states[state];
  return { name: name(), tone };
}

/** `12 seconds ago`: when both sides last agreed, as of `now`. */
export function exchangedWords(at: Date | null, now: Date): string {
  if (!at) return m.sites_exchanged_never();
  const passedMs = Math.max(0, now.getTime() - at.getTime());
  if (passedMs >= 60_000) return ago(at, now);
  const format = new Intl.RelativeTimeFormat(getLocale(), { numeric: 'auto' });
  return format.format(-Math.floor(passedMs / 1_000), 'second');
}

/** Clocks that differ less (ms) agree, as far as a message there and back can tell. */
const clocksAgreeMs = 2_000;

const units = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** `3 minutes ahead`: the other site's clock beside this one's. */
export function clockWords(aheadMs: number): string {
  const apartMs = Math.abs(aheadMs);
  if (apartMs < clocksAgreeMs) return m.sites_clock_same();
  const [unit, ms] = units.find(([, size]) => apartMs >= size) ?? units[2];
  const format = new Intl.NumberFormat(getLocale(), { style: 'unit', unit, unitDisplay: 'long' });
  const time = format.format(Math.round(apartMs / ms));
  return aheadMs > 0 ? m.sites_clock_ahead({ time }) : m.sites_clock_behind({ time });
}
