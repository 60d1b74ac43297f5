import { drawFrom, type Draw } from './random.ts';

/** What can happen, and how often: of all weights together. */
const weights = {
  hold: 10,
  pay: 10,
  release: 2,
  refund: 4,
  revoke: 3,
  rename: 3,
  reissue: 4,
  accredit: 4,
  plan: 4,
  askForUnits: 3,
  handOver: 9,
  takeOver: 3,
  exchange: 16,
  deliver: 30,
  drop: 3,
  cutCable: 3,
  mendCable: 4,
  scan: 34,
  sendAgain: 8,
  upload: 12,
  moveDevice: 8,
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

const kinds = Object.keys(weights) as StepKind[];
/** Without these nothing much happens. */
const always: ReadonlySet<StepKind> = new Set(['scan', 'exchange', 'deliver', 'hold', 'pay']);

/**
 * The history of a seed. Each has a character of its own: some things happen often in it and some never, so that rare things
 * meet. Some are short, so that a fault can be told from few steps.
 */
export function drawHistory(seed: number): Step[] {
  const draw = drawFrom(seed);
  const bag = kinds.flatMap((kind) => {
    const often = [0, 1, 1, 4][draw(4)] ?? 1;
    const times = always.has(kind) ? Math.max(1, often) : often;
    return Array.from({ length: weights[kind] * times }, () => kind);
  });
  const length = 20 + draw(230);
  return Array.from({ length }, () => drawStep(draw, bag));
}

function drawStep(draw: Draw, bag: readonly StepKind[]): Step {
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
