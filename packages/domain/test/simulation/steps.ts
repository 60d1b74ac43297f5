import { drawFrom, type Draw } from './random.ts';

/** What can happen, and how often: of all weights together. */
const weights = {
  hold: 10,
  pay: 10,
  release: 2,
  refund: 4,
  revoke: 2,
  rename: 3,
  reissue: 3,
  accredit: 4,
  plan: 4,
  askForUnits: 3,
  handOver: 9,
  takeOver: 1,
  exchange: 16,
  deliver: 30,
  drop: 3,
  cutCable: 3,
  mendCable: 4,
  scan: 34,
  sendAgain: 3,
  upload: 8,
  moveDevice: 6,
  refreshDevice: 6,
  setClock: 2,
  crash: 3,
  crashDevice: 1,
  backUp: 4,
  restoreBackup: 2,
  copyDatabase: 1,
  takeImage: 2,
  startImage: 1,
  rollBack: 1,
  pairAnew: 2,
  night: 1,
} as const;

export type StepKind = keyof typeof weights;

/**
 * One step of a history. The numbers choose among what there is at that moment, so a history can be shortened anywhere and still means
 * something: `site` 0 is the cloud, `a`, `b` and `c` say which and what, `luck` (0 to 99) how it goes.
 */
export interface Step {
  readonly kind: StepKind;
  readonly site: 0 | 1;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly luck: number;
}

const bag = (Object.keys(weights) as StepKind[]).flatMap((kind) =>
  Array.from({ length: weights[kind] }, () => kind),
);

/** The history of a seed. Some are short, so that a fault can be told from few steps. */
export function drawHistory(seed: number): Step[] {
  const draw = drawFrom(seed);
  const length = 20 + draw(230);
  return Array.from({ length }, () => drawStep(draw));
}

function drawStep(draw: Draw): Step {
  return {
    kind: bag[draw(bag.length)] ?? 'scan',
    site: draw(2) === 0 ? 0 : 1,
    a: draw(1000),
    b: draw(1000),
    c: draw(1000),
    luck: draw(100),
  };
}

export function tellStep(step: Step): string {
  const { kind, site, a, b, c, luck } = step;
  return `${kind} ${site} ${a} ${b} ${c} ${luck}`;
}

/** A history as `tellStep` wrote it, a step a line. */
export function readHistory(text: string): Step[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [kind, site, a, b, c, luck] = line.trim().split(' ');
      return {
        kind: kind as StepKind,
        site: site === '0' ? 0 : 1,
        a: Number(a),
        b: Number(b),
        c: Number(c),
        luck: Number(luck),
      };
    });
}
