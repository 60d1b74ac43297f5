import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';
import type { StateName, Tone } from '../../state-names.ts';

export type ApplicationState = RouterOutputs['accreditation']['find']['state'];

export const applicationStates: Record<ApplicationState, [() => string, Tone]> = {
  submitted: [m.acc_state_submitted, 'notice'],
  asked: [m.acc_state_asked, 'quiet'],
  approved: [m.acc_state_approved, 'good'],
  rejected: [m.acc_state_rejected, 'danger'],
  withdrawn: [m.acc_state_withdrawn, 'quiet'],
};

export const applicationStateChoices = Object.keys(applicationStates) as ApplicationState[];

export function applicationStateName(state: ApplicationState): StateName {
  const [name, tone] = applicationStates[state];
  return { name: name(), tone };
}
