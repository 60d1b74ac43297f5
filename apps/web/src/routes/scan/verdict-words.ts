import type { Verdict } from '@catraca/domain';
import type { RefusedMessage, VerdictMessage } from '@catraca/protocol';
import { m } from '#lib/paraglide/messages.js';

/** The one word of a verdict, as large as the screen is wide. */
export function wordOf(verdict: Verdict): string {
  return m[`gate_verdict_${verdict}`]();
}

/** What the person at the gate does next; nothing where the way is free. */
export function nextStepOf(verdict: Verdict): string | undefined {
  return verdict === 'admitted' || verdict === 'exited' ? undefined : m[`gate_todo_${verdict}`]();
}

/** Word and next step of an answer. A scan that was not taken has no verdict. */
export function wordsOf(answer: VerdictMessage | RefusedMessage): {
  word: string;
  nextStep: string | undefined;
} {
  if (answer.type === 'verdict') {
    return { word: wordOf(answer.verdict), nextStep: nextStepOf(answer.verdict) };
  }
  return { word: m.gate_refused_word(), nextStep: refusedStepOf(answer) };
}

function refusedStepOf({ code }: RefusedMessage): string {
  switch (code) {
    case 'unknown_checkpoint':
      return m.gate_refused_checkpoint_text();
    case 'judged_elsewhere':
      return m.gate_refused_elsewhere_text();
    default:
      return m.gate_refused_text();
  }
}
