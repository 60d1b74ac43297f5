import { crowdAtGates } from './crowd-at-gates.ts';
import { counted } from './report.ts';
import type { Scenario } from './scenario.ts';

export const doorsOpen: Scenario = {
  about:
    'people come in an arrival curve to many gates, one scan in twenty is refused, of every kind',
  scale: { people: 50_000, gates: 100, minutes: 3, walls: 20, rate: 1 },
  needsWeb: false,
  async run(bench) {
    const { scale, say, k6 } = bench;
    const { gates, walls } = scale;
    const { checkBooks } = await crowdAtGates(bench, gates);
    say(`k6: ${gates} gates and ${walls} walls, ${scale.minutes} min of arrivals`);
    const result = await k6();
    return {
      k6: result,
      figures: [
        ['scans', String(counted(result, 'scans'))],
        ['of them refused', String(counted(result, 'refusals'))],
        ['answers "busy"', String(counted(result, 'busy'))],
      ],
      books: await checkBooks(result),
    };
  },
};
