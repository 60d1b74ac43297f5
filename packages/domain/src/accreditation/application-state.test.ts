import { expect, test } from 'vitest';
import { type ApplicationAct, type ApplicationState, stateAfter } from './application-state.ts';

const states: ApplicationState[] = ['submitted', 'asked', 'approved', 'rejected', 'withdrawn'];

test.each<[ApplicationAct, Partial<Record<ApplicationState, ApplicationState>>]>([
  ['mend', { submitted: 'submitted', asked: 'submitted' }],
  ['withdraw', { submitted: 'withdrawn', asked: 'withdrawn' }],
  ['approve', { submitted: 'approved', asked: 'approved' }],
  ['reject', { submitted: 'rejected', asked: 'rejected' }],
  ['ask', { submitted: 'asked' }],
  ['reopen', { asked: 'submitted', rejected: 'submitted' }],
])('X-1: %s leads where it may, and nowhere else', (act, leads) => {
  for (const state of states) expect(stateAfter(state, act)).toBe(leads[state]);
});
