import { demoAreas, demoCheckpoints, planSize, type DemoArea } from './venue.ts';

/*
 * The venue plan of the demo, drawn from the same corners as its areas. Shown as an image, it is dark or light as the page
 * around it is; put into a page, it takes the page's own `--plan-…` colours where there are any.
 */
const colours = {
  ground: ['#f3efe6', '#12151b'],
  street: ['#e3ddd0', '#1a1e26'],
  lane: ['#ffffff', '#333a47'],
  lawn: ['#dfe8cf', '#18241c'],
  tree: ['#a9c58b', '#2c4a35'],
  water: ['#bfe0ec', '#1d3f52'],
  floor: ['#ffffff', '#1f242d'],
  wall: ['#2d2a26', '#8b95a5'],
  fitting: ['#e9dfcd', '#2b323e'],
  accent: ['#ffd84d', '#7a6320'],
  ink: ['#2d2a26', '#c9d0db'],
} as const;

type Colour = keyof typeof colours;

const fill = (colour: Colour) => `fill="var(--${colour})"`;

const variables = (shade: 0 | 1) =>
  Object.entries(colours)
    .map(([name, pair]) => `--${name}: var(--plan-${name}, ${pair[shade]});`)
    .join('');

const style = `<style>
  svg { ${variables(0)} }
  @media (prefers-color-scheme: dark) { svg { ${variables(1)} } }
  text { font-family: system-ui, sans-serif; fill: var(--ink); }
  .note { font-size: 16px; opacity: 0.75; }
  .wall { fill: var(--floor); stroke: var(--wall); stroke-width: 6; stroke-linejoin: round; }
</style>`;

/** An SVG of `planSize`. */
export function drawPlan(): string {
  const { width, height } = planSize;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Plan of the venue">`,
    style,
    street(),
    plaza(),
    ...(['exhibition', 'alley', 'mainHall', 'food', 'vip', 'backstage'] as const).map(room),
    doors(),
    booths(),
    artistTables(),
    auditorium(),
    kitchens(),
    lounge(),
    dressingRooms(),
    loadingDock(),
    labels(),
    '</svg>',
  ].join('\n');
}

function rect(x: number, y: number, w: number, h: number, colour: Colour, r = 4): string {
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" ${fill(colour)}/>`;
}

function circle(x: number, y: number, r: number, colour: Colour): string {
  return `<circle cx="${x}" cy="${y}" r="${r}" ${fill(colour)}/>`;
}

/** So many things in a line, `step` apart. */
function row(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('');
}

function corners(area: DemoArea): string {
  return demoAreas[area].polygon.map((corner) => corner.join(',')).join(' ');
}

function room(area: DemoArea): string {
  return `<polygon class="wall" points="${corners(area)}"/>`;
}

/** Openings in the walls, across the 30 units between two rooms. */
function doors(): string {
  const inner = demoCheckpoints.filter((checkpoint) => checkpoint.from !== 'outside');
  return inner
    .map(({ x, y }) => {
      const isBesideARoom = x === 415 || x === 1025;
      return isBesideARoom
        ? rect(x - 19, y - 24, 38, 48, 'floor', 0)
        : rect(x - 34, y - 19, 68, 38, 'floor', 0);
    })
    .join('');
}

function street(): string {
  const lanes = `<path d="M0 968H1600" stroke="var(--lane)" stroke-width="4" stroke-dasharray="36 28"/>`;
  return [
    rect(0, 0, planSize.width, planSize.height, 'ground', 0),
    rect(0, 935, planSize.width, 65, 'street', 0),
    lanes,
    row(12, (i) => circle(46, 60 + i * 72, 15 + (i % 3) * 4, 'tree')),
    row(12, (i) => circle(1556, 84 + i * 70, 14 + ((i + 1) % 3) * 4, 'tree')),
  ].join('');
}

function plaza(): string {
  const paving = `<polygon points="${corners('plaza')}" ${fill('lawn')} stroke="var(--wall)" stroke-width="3" stroke-dasharray="10 8"/>`;
  const paths = `<path d="M330 905L245 730M620 905L720 730M980 905L720 730M980 905L1275 730M90 815H1510" stroke="var(--floor)" stroke-width="30" stroke-linecap="round" fill="none"/>`;
  const fountain = [48, 36, 14].map((r, i) => circle(800, 815, r, i === 1 ? 'water' : 'fitting'));
  const trees = [150, 200, 430, 490, 1100, 1160, 1462, 1440].map((x, i) =>
    circle(x, i % 2 ? 872 : 765, 18, 'tree'),
  );
  return [paving, paths, ...fountain, ...trees].join('');
}

/** Four islands of stands in the middle, and stands along the walls. */
function booths(): string {
  const island = (x: number, y: number) =>
    rect(x, y, 104, 60, 'fitting') + rect(x + 10, y + 10, 84, 40, 'accent');
  return [
    row(3, (i) => island(490 + i * 170, 420)),
    row(3, (i) => island(490 + i * 170, 560)),
    row(9, (i) => rect(452 + i * 60, 664, 46, 22, 'fitting')),
    row(4, (i) => rect(980, 470 + i * 46, 18, 36, 'fitting')),
  ].join('');
}

function artistTables(): string {
  const pair = (x: number, y: number) =>
    rect(x, y, 46, 14, 'fitting') + circle(x + 23, y + 24, 6, 'accent');
  return row(6, (line) => row(4, (i) => pair(112 + i * 70, 400 + line * 48)));
}

/** Curved rows that open towards the stage. */
function auditorium(): string {
  const stage = `<path d="M600 82H840L812 122Q720 138 628 122Z" ${fill('accent')} stroke="var(--wall)" stroke-width="3"/>`;
  const rows = row(6, (i) => {
    const y = 150 + i * 23;
    const half = 128 + i * 24;
    return `<path d="M${720 - half} ${y - 12}Q720 ${y + 22} ${720 + half} ${y - 12}" fill="none" stroke="var(--fitting)" stroke-width="11"/>`;
  });
  return stage + rows;
}

function kitchens(): string {
  return [
    row(7, (i) => rect(1064 + i * 62, 486, 50, 26, 'accent')),
    row(3, (line) => row(9, (i) => circle(1082 + i * 48, 570 + line * 40, 11, 'fitting'))),
  ].join('');
}

function lounge(): string {
  return [
    row(6, (i) => rect(1180 + i * 54, 402, 40, 22, 'fitting', 10)),
    rect(1290, 362, 196, 14, 'accent', 7),
  ].join('');
}

function dressingRooms(): string {
  return [
    row(5, (i) => rect(1062 + i * 84, 136, 70, 54, 'fitting')),
    rect(1062, 262, 150, 36, 'fitting'),
    rect(1240, 262, 150, 36, 'fitting'),
  ].join('');
}

/** Not an area: where lorries stand. */
function loadingDock(): string {
  return [
    `<rect x="90" y="80" width="310" height="140" rx="4" fill="none" stroke="var(--wall)" stroke-width="3" stroke-dasharray="10 8"/>`,
    row(4, (i) => rect(112 + i * 72, 112, 46, 92, 'street', 6)),
  ].join('');
}

/** Only what is no area: the names of areas are written by the map that shows the plan, with who is in them. */
function labels(): string {
  const note = (x: number, y: number, words: string) =>
    `<text class="note" x="${x}" y="${y}">${words}</text>`;
  return [
    note(688, 110, 'Stage'),
    note(112, 102, 'Loading dock'),
    note(90, 962, 'Avenida do Farol'),
  ].join('');
}
