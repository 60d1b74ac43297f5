import { verdicts } from '@catraca/domain';

/**
 * What became of a scan, or should: a verdict, `refused` (the service did not take it for a scan), `unanswered`; and,
 * expected only, one of two scans of the same pass at the same moment. In arrays a byte each: its place in this list.
 */
export const outcomes = [
  'unanswered',
  ...verdicts,
  'refused',
  'first_of_two',
  'second_of_two',
] as const;
export type Outcome = (typeof outcomes)[number];

const codes = new Map<string, number>(outcomes.map((outcome, code) => [outcome, code]));

/** Undefined when there is no such outcome. */
export function outcomeCode(outcome: string): number | undefined {
  return codes.get(outcome);
}

export function outcomeAt(list: Uint8Array, index: number): Outcome {
  return outcomes[list[index] ?? 0] ?? 'unanswered';
}
