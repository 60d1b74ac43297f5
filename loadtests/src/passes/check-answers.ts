import { outcomeAt, type Outcome } from './outcome.ts';

/** What is wrong with the answers of a run, and what they were. */
export interface AnswerCheck {
  /** Scans without a verdict. */
  readonly lost: number;
  /** Passes that came in twice. */
  readonly doubleAdmissions: number;
  /** `expected -> answered`, and how often. Empty when every answer was right. */
  readonly wrong: Record<string, number>;
  readonly verdicts: Record<string, number>;
}

/** Compares what was answered with what had to be; both have the scans in the order they were sent in. Pure. */
export function checkAnswers(expected: Uint8Array, answers: Uint8Array): AnswerCheck {
  const check = { lost: 0, doubleAdmissions: 0, wrong: {}, verdicts: {} };
  for (let index = 0; index < answers.length; index++) {
    const answer = outcomeAt(answers, index);
    const wanted = outcomeAt(expected, index);
    if (answer === 'unanswered') check.lost += 1;
    else count(check.verdicts, answer);
    if (wanted === 'second_of_two') {
      const first = outcomeAt(answers, index - 1);
      if (first === 'admitted' && answer === 'admitted') check.doubleAdmissions += 1;
      else if (!isOneOfTwo(first, answer)) count(check.wrong, `one of two -> ${first}, ${answer}`);
    } else if (wanted === 'first_of_two') {
      // Judged with the second, unless the run ended between them.
      if (index + 1 === answers.length && answer !== 'admitted')
        count(check.wrong, `admitted -> ${answer}`);
    } else if (answer !== wanted) {
      count(check.wrong, `${wanted} -> ${answer}`);
      if (wanted === 'already_used' && answer === 'admitted') check.doubleAdmissions += 1;
    }
  }
  return check;
}

function isOneOfTwo(a: Outcome, b: Outcome): boolean {
  const pair = new Set([a, b]);
  return pair.has('admitted') && pair.has('already_used');
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
