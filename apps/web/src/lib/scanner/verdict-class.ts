import type { Verdict } from '@catraca/domain';
import type { RefusedMessage, VerdictMessage } from '@catraca/protocol';

/**
 * What the person at the gate does, which decides colour, shape, sound and vibration.
 * `in`, `out`: green, let pass. `stop`: this pass does not open this gate now. `hand`: hold the person, something is to be
 * looked at or waited for. `ask`: the system cannot tell, or the fault is with the device and not with the person.
 */
export type VerdictClass = 'in' | 'out' | 'stop' | 'hand' | 'ask';

const classes: Record<Verdict, VerdictClass> = {
  admitted: 'in',
  exited: 'out',
  device_not_allowed: 'ask',
  unknown_code: 'ask',
  bad_signature: 'stop',
  wrong_event: 'stop',
  revoked: 'stop',
  refunded: 'stop',
  unpaid: 'hand',
  blocked: 'hand',
  wrong_area: 'stop',
  wrong_day: 'stop',
  not_yet_valid: 'hand',
  expired: 'stop',
  already_used: 'stop',
  too_many_entries: 'stop',
  already_inside: 'stop',
  not_inside: 'stop',
  needs_attention: 'hand',
  area_full: 'hand',
  offline_unknown: 'ask',
};

export function classOf(verdict: Verdict): VerdictClass {
  return classes[verdict];
}

/** A scan that was not taken says nothing about the person: it is a question for whoever looks after the devices. */
export function classOfAnswer(answer: VerdictMessage | RefusedMessage): VerdictClass {
  return answer.type === 'verdict' ? classOf(answer.verdict) : 'ask';
}
