import type { Parsed } from '../parsed.ts';
import { areaInside, type PlanPoint } from './polygon.ts';

/** A longitude and a latitude in degrees, in this order, as GeoJSON has them. */
type GeoPoint = readonly [longitude: number, latitude: number];

export interface GeoPlan {
  /** Plan units, which are metres. */
  width: number;
  height: number;
  earth: { latitude: number; longitude: number; metresPerUnit: number };
  /** Outlines with the name that the file gives them, the largest first. Holes in them are not kept. */
  outlines: { name: string | null; polygon: PlanPoint[] }[];
  lines: PlanPoint[][];
}

export type GeoProblem = 'not_geojson' | 'nothing_in_it' | 'not_on_earth' | 'too_large';

/** A venue is not wider than this, in metres: beyond it a flat map would be wrong. */
const sideMetresMax = 20_000;

/** Around what is drawn, as a part of the longer side. */
const margin = 0.04;

/** Metres of one degree of latitude (WGS 84, at 45°). */
const metresPerDegree = 111_132;

/**
 * A GeoJSON as a flat plan: plan units are metres east and south of the upper left corner, by an equirectangular projection at the middle
 * of what is drawn. Over a venue of a kilometre it is wrong by millimetres.
 */
export function planOfGeoJson(value: unknown): Parsed<GeoPlan, GeoProblem> {
  const found = shapesOf(value);
  if (!found) return { ok: false, problem: 'not_geojson' };
  const points = [...found.outlines.flatMap(({ ring }) => ring), ...found.lines.flat()];
  if (points.length === 0) return { ok: false, problem: 'nothing_in_it' };
  if (!points.every(isOnEarth)) return { ok: false, problem: 'not_on_earth' };
  const [west, east] = rangeOf(points.map(([longitude]) => longitude));
  const [south, north] = rangeOf(points.map(([, latitude]) => latitude));
  const perLongitude = metresPerDegree * Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [across, down] = [(east - west) * perLongitude, (north - south) * metresPerDegree];
  if (Math.max(across, down) > sideMetresMax) return { ok: false, problem: 'too_large' };
  const edge = Math.max(across, down, 1) * margin;
  const place = ([longitude, latitude]: GeoPoint): PlanPoint => [
    tenth((longitude - west) * perLongitude + edge),
    tenth((north - latitude) * metresPerDegree + edge),
  ];
  const outlines = found.outlines
    .map(({ name, ring }) => ({ name, polygon: ring.map(place) }))
    .toSorted((a, b) => areaInside(b.polygon) - areaInside(a.polygon));
  return {
    ok: true,
    value: {
      width: Math.ceil(across + 2 * edge),
      height: Math.ceil(down + 2 * edge),
      earth: {
        latitude: north + edge / metresPerDegree,
        longitude: west - edge / perLongitude,
        metresPerUnit: 1,
      },
      outlines,
      lines: found.lines.map((line) => line.map(place)),
    },
  };
}

/** The drawing under areas that came from a map: all that the file has, as quiet lines. */
export function drawGeoPlan({ width, height, outlines, lines }: GeoPlan): string {
  const stroke = Math.max(width, height) / 800;
  const corners = (points: readonly PlanPoint[]) =>
    points.map((point) => point.join(',')).join(' ');
  const style = `fill="none" stroke="#8b95a5" stroke-width="${stroke}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">`,
    ...outlines.map(({ polygon }) => `<polygon points="${corners(polygon)}" ${style}/>`),
    ...lines.map((line) => `<polyline points="${corners(line)}" ${style}/>`),
    '</svg>',
  ].join('');
}

interface Shapes {
  outlines: { name: string | null; ring: GeoPoint[] }[];
  lines: GeoPoint[][];
}

/** Of any kind of GeoJSON; undefined for what is none. */
function shapesOf(value: unknown, name: string | null = null): Shapes | undefined {
  if (!isRecord(value)) return undefined;
  const { coordinates } = value;
  switch (value['type']) {
    case 'FeatureCollection':
      return joined(listOf(value['features']).map((feature) => shapesOf(feature)));
    case 'Feature':
      return value['geometry'] === null
        ? none
        : shapesOf(value['geometry'], nameOf(value['properties']));
    case 'GeometryCollection':
      return joined(listOf(value['geometries']).map((one) => shapesOf(one, name)));
    case 'Polygon':
      return outlineOf(coordinates, name);
    case 'MultiPolygon':
      return joined(listOf(coordinates).map((one) => outlineOf(one, name)));
    case 'LineString':
      return { outlines: [], lines: [pointsOf(coordinates)] };
    case 'MultiLineString':
      return { outlines: [], lines: listOf(coordinates).map(pointsOf) };
    case 'Point':
    case 'MultiPoint':
      return none;
    default:
      return undefined;
  }
}

const none: Shapes = { outlines: [], lines: [] };

function joined(parts: (Shapes | undefined)[]): Shapes | undefined {
  if (parts.includes(undefined)) return undefined;
  return {
    outlines: parts.flatMap((part) => part?.outlines ?? []),
    lines: parts.flatMap((part) => part?.lines ?? []),
  };
}

function outlineOf(coordinates: unknown, name: string | null): Shapes {
  const ring = pointsOf(listOf(coordinates)[0]);
  // The last point of a ring is the first one again.
  const corners = ring.slice(0, -1);
  return corners.length < 3 ? none : { outlines: [{ name, ring: corners }], lines: [] };
}

function pointsOf(coordinates: unknown): GeoPoint[] {
  return listOf(coordinates).map((pair): GeoPoint => {
    const [longitude, latitude] = listOf(pair);
    return [Number(longitude), Number(latitude)];
  });
}

function nameOf(properties: unknown): string | null {
  const name = isRecord(properties) ? properties['name'] : null;
  return typeof name === 'string' && name.trim() !== '' ? name.trim() : null;
}

function isOnEarth([longitude, latitude]: GeoPoint): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) < 85;
}

function rangeOf(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

function tenth(metres: number): number {
  return Math.round(metres * 10) / 10;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
