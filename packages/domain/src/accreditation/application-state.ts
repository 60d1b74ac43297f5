export type ApplicationState = 'submitted' | 'asked' | 'approved' | 'rejected' | 'withdrawn';

/** What somebody does to an application: the applicant mends or withdraws it, an organizer does the rest. */
export type ApplicationAct = 'mend' | 'withdraw' | 'approve' | 'reject' | 'ask' | 'reopen';

interface Step {
  readonly from: readonly ApplicationState[];
  readonly to: ApplicationState;
}

const waiting = ['submitted', 'asked'] as const;

const steps: Record<ApplicationAct, Step> = {
  mend: { from: waiting, to: 'submitted' },
  withdraw: { from: waiting, to: 'withdrawn' },
  approve: { from: waiting, to: 'approved' },
  reject: { from: waiting, to: 'rejected' },
  ask: { from: ['submitted'], to: 'asked' },
  // A decision that was a mistake. What was approved is revoked at the pass instead.
  reopen: { from: ['asked', 'rejected'], to: 'submitted' },
};

/** The state after an act (SPEC X-1); undefined where the act is not for an application in this state. */
export function stateAfter(
  state: ApplicationState,
  act: ApplicationAct,
): ApplicationState | undefined {
  const { from, to } = steps[act];
  return from.includes(state) ? to : undefined;
}

/** Whether it takes one of the delegation's places. */
export function takesPlace(state: ApplicationState): boolean {
  return state !== 'rejected' && state !== 'withdrawn';
}
