import { liveFeedPerSecond } from '@catraca/protocol';
import type { FeedSetup } from './feed-session.ts';

/**
 * As many scans a second as a feed shows one by one: so both designs tell every wall of every scan, and the usual one, which tells
 * of each in a message of its own, can be compared at all.
 */
export const calmPerSecond = liveFeedPerSecond - 2;

export const feedModes = {
  busy: { title: 'ours, a crowd', design: 'ours', isBusy: true },
  calm: { title: 'ours, calm', design: 'ours', isBusy: false },
  usual: { title: 'the usual design, calm', design: 'usual', isBusy: false },
} as const satisfies Record<
  string,
  { title: string; design: FeedSetup['design']; isBusy: boolean }
>;

export type FeedMode = keyof typeof feedModes;
export const feedModeNames = Object.keys(feedModes) as FeedMode[];
