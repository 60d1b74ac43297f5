/*
 * The poster of the demo's convention: a parrot that landed on a live wire. Drawn in flat inks and dots, as comics were printed.
 * `apps/web/static/demo/poster.svg` is what this draws; a test compares the two.
 */
const width = 800;
const height = 1000;

const inks = {
  night: '#23104f',
  magenta: '#e5127d',
  yellow: '#ffd400',
  orange: '#ff8c1a',
  red: '#e8112d',
  blue: '#0a9be0',
  teal: '#00b8a0',
  paper: '#fff6df',
  black: '#120b1e',
};

type Point = [x: number, y: number];

export function drawPoster(): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid slice">`,
    `<rect width="${width}" height="${height}" fill="${inks.night}"/>`,
    halftone(inks.magenta, 26, ([, y]) => (y - 250) / 620),
    burst(),
    bolts(),
    wire(),
    `<g stroke="${inks.black}" stroke-width="9" stroke-linejoin="round" stroke-linecap="round">`,
    tail(),
    wing(-1),
    wing(1),
    body(),
    head(),
    claws(),
    '</g>',
    shout(),
    '</svg>',
    '',
  ].join('\n');
}

/** Dots come in so many sizes, each one path of round line ends without a line. */
const dotSizes = 10;

/** Dots on a grid turned by 30 degrees, each as large as `tone` says: 0 and less none, 1 and more touching. */
function halftone(ink: string, step: number, tone: (at: Point) => number): string {
  const turn = Math.PI / 6;
  const reach = Math.ceil(1300 / step);
  const sizes = Array.from({ length: dotSizes + 1 }, () => '');
  for (let row = -reach; row <= reach; row++) {
    for (let column = -reach; column <= reach; column++) {
      const x = Math.round(400 + step * (column * Math.cos(turn) - row * Math.sin(turn)));
      const y = Math.round(500 + step * (column * Math.sin(turn) + row * Math.cos(turn)));
      const isOnPaper = x > -step && x < width + step && y > -step && y < height + step;
      const size = Math.round(Math.min(tone([x, y]), 1) * dotSizes);
      if (isOnPaper && size >= 1) sizes[size] += `M${x} ${y}h0`;
    }
  }
  const paths = sizes.map((dots, size) =>
    dots ? `<path stroke-width="${round((size / dotSizes) * step * 1.2)}" d="${dots}"/>` : '',
  );
  return `<g stroke="${ink}" stroke-linecap="round">${paths.join('')}</g>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const heart: Point = [400, 440];

/** Flat light behind the bird, with a ring of orange dots that grow towards its rim. */
function burst(): string {
  const spikes = Array.from({ length: 36 }, (_, i) =>
    polar(heart, i % 2 ? 288 : i % 4 ? 372 : 420, (i * Math.PI) / 18 + 0.06),
  );
  const shade = halftone(inks.orange, 17, (at) => (distance(at, heart) - 130) / 190);
  const shape = points(spikes);
  return [
    `<clipPath id="burst"><polygon points="${shape}"/></clipPath>`,
    `<polygon points="${shape}" fill="${inks.black}" transform="translate(14 16)"/>`,
    `<polygon points="${shape}" fill="${inks.yellow}"/>`,
    `<g clip-path="url(#burst)">${shade}</g>`,
    `<polygon points="${shape}" fill="none" stroke="${inks.black}" stroke-width="9" stroke-linejoin="miter"/>`,
  ].join('');
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(ax - bx, ay - by);
}

function polar([x, y]: Point, r: number, angle: number): Point {
  return [round(x + r * Math.cos(angle)), round(y + r * Math.sin(angle))];
}

function points(list: readonly Point[]): string {
  return list.map((point) => point.join(',')).join(' ');
}

/** A zigzag from `from` over `length` in the direction of `angle` (degrees, 0 to the right, 90 down). */
function bolt(from: Point, length: number, thick: number, angle: number): string {
  const shape: Point[] = [
    [0, -0.5],
    [0.46, -0.42],
    [0.4, -0.06],
    [1, 0.1],
    [0.52, 0.5],
    [0.56, 0.2],
    [0, 0.36],
  ];
  const turn = (angle * Math.PI) / 180;
  const corners = shape.map(([along, across]): Point => {
    const [a, b] = [along * length, across * thick];
    return [
      round(from[0] + a * Math.cos(turn) - b * Math.sin(turn)),
      round(from[1] + a * Math.sin(turn) + b * Math.cos(turn)),
    ];
  });
  return points(corners);
}

function bolts(): string {
  const places: [Point, number, number, number][] = [
    [[-20, 60], 300, 66, 42],
    [[815, 40], 280, 62, 140],
    [[-30, 690], 190, 50, -22],
    [[830, 660], 190, 50, 204],
  ];
  return places
    .map(([from, length, thick, angle]) => bolt(from, length, thick, angle))
    .map(
      (shape) =>
        `<polygon points="${shape}" fill="${inks.paper}" stroke="${inks.black}" stroke-width="8" stroke-linejoin="round"/>`,
    )
    .join('');
}

function wire(): string {
  const line = 'M-20 786Q400 872 820 770';
  const spark = (x: number, y: number, size: number) =>
    `<polygon points="${points(Array.from({ length: 16 }, (_, i) => polar([x, y], i % 2 ? size * 0.4 : size, (i * Math.PI) / 8)))}" fill="${inks.paper}" stroke="${inks.black}" stroke-width="6"/>`;
  return [
    `<path d="${line}" fill="none" stroke="${inks.black}" stroke-width="26"/>`,
    `<path d="${line}" fill="none" stroke="${inks.teal}" stroke-width="10"/>`,
    spark(120, 812, 44),
    spark(690, 800, 52),
  ].join('');
}

/** A feather of a length, as thick as it gets, in the direction of `angle` (degrees, 0 to the right, 90 down). */
function feather(ink: string, [x, y]: Point, length: number, thick: number, angle: number): string {
  const [l, t] = [length, thick / 2];
  const edge = `M0 ${round(-t * 0.5)}C${round(l * 0.35)} ${round(-t * 1.2)} ${round(l * 0.8)} ${round(-t * 1.25)} ${l} ${round(-t * 0.1)}C${round(l * 0.86)} ${round(t * 0.9)} ${round(l * 0.4)} ${round(t * 1.1)} 0 ${round(t * 0.5)}Z`;
  const quill = `M${round(l * 0.5)} 0L${round(l * 0.86)} ${round(-t * 0.1)}`;
  return `<g transform="translate(${x} ${y}) rotate(${round(angle)})" fill="${ink}"><path d="${edge}"/><path d="${quill}" stroke-width="4"/></g>`;
}

/** Short red feathers over yellow ones over long blue ones, raised. */
function wing(side: -1 | 1): string {
  const layers: [ink: string, count: number, length: number, thick: number][] = [
    [inks.blue, 8, 356, 78],
    [inks.yellow, 7, 248, 70],
    [inks.red, 6, 150, 66],
  ];
  const feathers = layers.flatMap(([ink, count, length, thick]) =>
    Array.from({ length: count }, (_, i) => {
      const fromTop = i / (count - 1);
      const reach = Math.round(
        length * (1 - 0.34 * (1 - fromTop) ** 2 * 0.4 - 0.42 * fromTop ** 2),
      );
      return feather(ink, [66, 0], reach, thick, 58 - 112 * (1 - fromTop));
    }).reverse(),
  );
  return `<g transform="translate(400 470) scale(${side} 1)">${feathers.join('')}</g>`;
}

function tail(): string {
  return [24, -24, 12, -12, 0]
    .map((tilt, i) => {
      const ink = [inks.teal, inks.teal, inks.blue, inks.blue, inks.yellow][i] ?? inks.blue;
      return feather(ink, [400, 720], 262 - Math.abs(tilt) * 3, 64, 90 + tilt);
    })
    .join('');
}

function body(): string {
  const shape =
    'M400 340C500 350 536 470 520 590C508 690 462 770 400 792C338 770 292 690 280 590C264 470 300 350 400 340Z';
  const belly =
    'M400 470C456 482 478 560 466 636C456 700 432 742 400 758C368 742 344 700 334 636C322 560 344 482 400 470Z';
  const shade = halftone(inks.black, 13, ([x, y]) => (x - 385) / 330 + (y - 640) / 520);
  const scallops = [520, 570, 620, 670].flatMap((y, row) =>
    [-46, 0, 46].map((dx) => {
      const x = 400 + dx + (row % 2 ? 23 : 0);
      return `M${x - 16} ${y}q16 22 32 0`;
    }),
  );
  return [
    `<clipPath id="body"><path d="${shape}"/></clipPath>`,
    `<path d="${shape}" fill="${inks.red}"/>`,
    `<path d="${belly}" fill="${inks.orange}"/>`,
    `<clipPath id="belly"><path d="${belly}"/></clipPath>`,
    `<path d="${scallops.join('')}" fill="none" stroke-width="6" clip-path="url(#belly)"/>`,
    `<g clip-path="url(#body)">${shade}</g>`,
    `<path d="${shape}" fill="none"/>`,
  ].join('');
}

function head(): string {
  const crest = [-128, -104, -80, -56]
    .map((angle, i) =>
      feather(
        i % 2 ? inks.yellow : inks.teal,
        [372 + i * 14, 240],
        158 - Math.abs(i - 1.5) * 20,
        54,
        angle,
      ),
    )
    .join('');
  const skull =
    'M300 330C286 236 340 196 408 196C478 196 520 240 520 300C520 372 470 420 400 420C344 420 308 388 300 330Z';
  const cheek = 'M392 262C440 240 500 262 508 306C512 352 470 380 430 374C388 366 366 292 392 262Z';
  const upperBeak =
    'M486 240C566 226 640 286 622 392C596 352 560 336 498 336C478 304 474 268 486 240Z';
  const lowerBeak =
    'M474 384C512 380 544 396 556 428C528 446 482 436 456 408C458 396 464 388 474 384Z';
  const stripes = 'M404 318q44 10 74 -4M410 340q36 8 62 -2M420 360q24 5 42 -2';
  return [
    crest,
    `<path d="${skull}" fill="${inks.red}"/>`,
    `<path d="M480 336Q566 344 574 402Q528 378 470 396Z" fill="${inks.magenta}"/>`,
    `<path d="${cheek}" fill="${inks.paper}"/>`,
    `<path d="${stripes}" fill="none" stroke-width="6"/>`,
    `<path d="${lowerBeak}" fill="#3a2a55"/>`,
    `<path d="${upperBeak}" fill="#3a2a55"/>`,
    `<path d="M520 262Q566 262 590 300" fill="none" stroke="${inks.paper}" stroke-width="8"/>`,
    `<circle cx="444" cy="284" r="25" fill="${inks.yellow}"/>`,
    `<circle cx="450" cy="282" r="11" fill="${inks.black}" stroke="none"/>`,
    `<circle cx="455" cy="277" r="4" fill="${inks.paper}" stroke="none"/>`,
    `<path d="M412 248L474 258" stroke-width="12"/>`,
  ].join('');
}

function claws(): string {
  const foot = (x: number) =>
    [-26, 0, 26]
      .map(
        (dx) =>
          `<path d="M${x + dx - 11} 786q0 -22 11 -22t11 22v44q-11 14 -22 0Z" fill="${inks.yellow}" stroke-width="7"/>`,
      )
      .join('');
  return foot(346) + foot(454);
}

/** What it says. Letters are corners, so that no font is needed. */
function shout(): string {
  const letters: Point[][] = [
    // K
    [
      [0, 0],
      [22, 0],
      [22, 34],
      [46, 0],
      [74, 0],
      [44, 44],
      [78, 100],
      [50, 100],
      [29, 64],
      [22, 73],
      [22, 100],
      [0, 100],
    ],
    // R, its eye apart
    [
      [88, 0],
      [140, 0],
      [158, 16],
      [158, 46],
      [146, 58],
      [164, 100],
      [139, 100],
      [125, 64],
      [110, 64],
      [110, 100],
      [88, 100],
    ],
    // Á, its eye and accent apart
    [
      [200, 0],
      [226, 0],
      [256, 100],
      [232, 100],
      [227, 80],
      [199, 80],
      [194, 100],
      [170, 100],
    ],
    [
      [212, -10],
      [226, -34],
      [250, -34],
      [226, -10],
    ],
    // !
    [
      [272, 0],
      [300, 0],
      [294, 66],
      [278, 66],
    ],
    [
      [276, 78],
      [297, 78],
      [297, 100],
      [276, 100],
    ],
  ];
  const eyes: Point[][] = [
    [
      [110, 20],
      [130, 20],
      [136, 26],
      [136, 40],
      [130, 46],
      [110, 46],
    ],
    [
      [213, 32],
      [222, 62],
      [204, 62],
    ],
  ];
  const path = [...letters, ...eyes]
    .map((corners) => `M${corners.map((corner) => corner.join(' ')).join('L')}Z`)
    .join('');
  const placed = (dx: number, paint: string) =>
    `<path transform="translate(${46 + dx} ${884 + dx}) rotate(-7) skewX(-8) scale(0.86)" d="${path}" fill-rule="evenodd" stroke-linejoin="round" ${paint}/>`;
  return [
    placed(8, `fill="${inks.black}" stroke="${inks.black}" stroke-width="22"`),
    placed(0, `fill="${inks.black}" stroke="${inks.black}" stroke-width="22"`),
    placed(0, `fill="${inks.yellow}"`),
  ].join('');
}
