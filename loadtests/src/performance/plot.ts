import { parse, View } from 'vega';
import { compile, type Config, type TopLevelSpec } from 'vega-lite';

const config: Config = {
  background: '#ffffff',
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: { labelFontSize: 12, titleFontSize: 12, gridColor: '#e6e6e6' },
  title: { anchor: 'start', fontSize: 14 },
  range: { category: ['#1b4dd8', '#b45309', '#6b7280', '#0f766e'] },
};

export interface Bar {
  readonly name: string;
  readonly value: number;
}

/** Bars from the left, in the order given, each with its number. @returns an SVG. */
export function bars(title: string, unit: string, rows: readonly Bar[]): Promise<string> {
  return draw({
    title,
    width: 480,
    height: { step: 30 },
    data: { values: [...rows] },
    encoding: {
      y: { field: 'name', type: 'nominal', sort: null, title: null, axis: { labelLimit: 400 } },
      x: { field: 'value', type: 'quantitative', title: unit, scale: { zero: true } },
    },
    layer: [
      { mark: { type: 'bar', color: '#1b4dd8', height: 18 } },
      {
        mark: { type: 'text', align: 'left', dx: 5 },
        encoding: { text: { field: 'value', type: 'quantitative', format: ',.3~r' } },
      },
    ],
  });
}

export interface Point {
  readonly line: string;
  readonly x: number | string;
  readonly y: number;
}

export interface Axis {
  readonly title: string;
  /** `names`: in the order given. */
  readonly scale: 'linear' | 'log' | 'names';
}

/** A line through the points of each name. @returns an SVG. */
export function lines(
  title: string,
  { x, y }: { x: Axis; y: Axis },
  points: readonly Point[],
): Promise<string> {
  return draw({
    title,
    width: 480,
    height: 240,
    data: { values: [...points] },
    mark: { type: 'line', point: true },
    encoding: {
      x: {
        field: 'x',
        title: x.title,
        ...(x.scale === 'names'
          ? { type: 'ordinal', sort: null, axis: { labelAngle: 0 } }
          : { type: 'quantitative', scale: { type: x.scale }, axis: { format: '~s' } }),
      },
      y: {
        field: 'y',
        type: 'quantitative',
        title: y.title,
        scale: { type: y.scale === 'log' ? 'log' : 'linear' },
      },
      color: { field: 'line', type: 'nominal', sort: null, title: null },
    },
  });
}

async function draw(spec: TopLevelSpec): Promise<string> {
  const { spec: vega } = compile(spec, { config });
  return `${await new View(parse(vega), { renderer: 'none' }).toSVG()}\n`;
}
