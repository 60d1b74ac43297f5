import type { AreaDraft, CheckpointDraft } from '../factories/index.ts';

/** The size of the venue plan; areas and checkpoints are placed in its units, x right and y down. */
export const planSize = { width: 1600, height: 1000 };

/** Areas by name, so that checkpoints and ticket types say which they mean. `outside` is number 0. */
export const demoAreas = {
  plaza: {
    no: 1,
    name: 'Plaza',
    capacity: 9000,
    polygon: [...[point(90, 730), point(1510, 730), point(1510, 905), point(90, 905)]],
  },
  exhibition: {
    no: 2,
    name: 'Exhibition Hall',
    capacity: 8000,
    polygon: [...[point(430, 345), point(1010, 345), point(1010, 700), point(430, 700)]],
  },
  alley: {
    no: 3,
    name: "Artists' Alley",
    capacity: 2500,
    polygon: [
      ...[point(90, 250), point(300, 250), point(300, 345), point(400, 345)],
      ...[point(400, 700), point(90, 700)],
    ],
  },
  mainHall: {
    no: 4,
    name: 'Main Hall',
    capacity: 2150,
    polygon: [
      ...[point(520, 70), point(920, 70), point(1010, 205), point(1010, 315)],
      ...[point(430, 315), point(430, 205)],
    ],
  },
  food: {
    no: 5,
    name: 'Food Court',
    capacity: 2000,
    polygon: [...[point(1040, 470), point(1510, 470), point(1510, 700), point(1040, 700)]],
  },
  vip: {
    no: 6,
    name: 'VIP Lounge',
    capacity: 350,
    polygon: [...[point(1040, 345), point(1510, 345), point(1510, 440), point(1040, 440)]],
  },
  backstage: {
    no: 7,
    name: 'Backstage',
    capacity: 260,
    polygon: [...[point(1040, 120), point(1510, 120), point(1510, 315), point(1040, 315)]],
  },
} satisfies Record<string, AreaDraft>;

export type DemoArea = keyof typeof demoAreas;

function point(x: number, y: number): [number, number] {
  return [x, y];
}

export type DemoCheckpoint = Omit<CheckpointDraft, 'no' | 'fromAreaId' | 'toAreaId'> & {
  from: DemoArea | 'outside';
  to: DemoArea;
};

/** Numbered in this order. Six ways in and out of the venue, then the doors inside. */
export const demoCheckpoints: DemoCheckpoint[] = [
  { name: 'Gate A', from: 'outside', to: 'plaza', directions: 'entry', x: 330, y: 905 },
  { name: 'Gate B', from: 'outside', to: 'plaza', directions: 'entry', x: 620, y: 905 },
  { name: 'Gate C, step-free', from: 'outside', to: 'plaza', directions: 'both', x: 980, y: 905 },
  { name: 'West exit', from: 'outside', to: 'plaza', directions: 'exit', x: 90, y: 815 },
  { name: 'East exit', from: 'outside', to: 'plaza', directions: 'exit', x: 1510, y: 815 },
  { name: 'Crew door', from: 'outside', to: 'backstage', directions: 'both', x: 1510, y: 215 },
  { name: 'Hall doors', from: 'plaza', to: 'exhibition', directions: 'both', x: 720, y: 715 },
  { name: 'Alley door', from: 'plaza', to: 'alley', directions: 'both', x: 245, y: 715 },
  { name: 'Food court door', from: 'plaza', to: 'food', directions: 'both', x: 1275, y: 715 },
  { name: 'Alley passage', from: 'exhibition', to: 'alley', directions: 'both', x: 415, y: 520 },
  {
    name: 'Main hall doors',
    from: 'exhibition',
    to: 'mainHall',
    directions: 'entry',
    x: 590,
    y: 330,
  },
  {
    name: 'Main hall exit',
    from: 'exhibition',
    to: 'mainHall',
    directions: 'exit',
    x: 850,
    y: 330,
  },
  { name: 'VIP door', from: 'exhibition', to: 'vip', directions: 'both', x: 1025, y: 392 },
  { name: 'Stage door', from: 'mainHall', to: 'backstage', directions: 'both', x: 1025, y: 260 },
];
