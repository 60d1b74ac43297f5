import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawGeoPlan, planOfGeoJson } from '../src/venue/index.ts';

/** A square hall with its south west corner there, its sides in degrees. */
const hall = (longitude: number, latitude: number, side: number, name?: string) => ({
  type: 'Feature',
  properties: name === undefined ? null : { name },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [longitude, latitude],
        [longitude + side, latitude],
        [longitude + side, latitude + side],
        [longitude, latitude + side],
        [longitude, latitude],
      ],
    ],
  },
});
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });

test('a map becomes a plan in metres, north up, the largest outline first', () => {
  const read = planOfGeoJson(
    collection(hall(-46, -23, 0.001), hall(-46.002, -23, 0.002, ' Arena ')),
  );
  if (!read.ok) throw new Error(read.problem);
  const { outlines, earth, width, height } = read.value;
  expect(outlines.map(({ name }) => name)).toEqual(['Arena', null]);
  expect(earth.metresPerUnit).toBe(1);
  const [arena, small] = outlines.map(({ polygon }) => polygon);
  const [southWest, southEast, northEast] = arena ?? [];
  // 0.002 degrees of latitude are 222 m; of longitude, at 23 degrees south, 205 m.
  expect((southWest?.[1] ?? 0) - (northEast?.[1] ?? 0)).toBeCloseTo(222.3, 0);
  expect((southEast?.[0] ?? 0) - (southWest?.[0] ?? 0)).toBeCloseTo(204.6, 0);
  expect(small?.[0]?.[0]).toBeCloseTo(southEast?.[0] ?? 0, 0);
  expect(width).toBeGreaterThan(height);
  expect(drawGeoPlan(read.value)).toContain('<polygon points=');
});

test('all kinds of GeoJSON are read; points are nothing to draw', () => {
  const line = {
    type: 'LineString',
    coordinates: [
      [1, 1],
      [1.001, 1],
    ],
  };
  const both = { type: 'GeometryCollection', geometries: [line, hall(1, 1, 0.001).geometry] };
  const many = { type: 'MultiPolygon', coordinates: [hall(1, 1, 0.001).geometry.coordinates] };
  expect(planOfGeoJson(both)).toMatchObject({ ok: true, value: { lines: [[{}, {}]] } });
  expect(planOfGeoJson(many)).toMatchObject({ ok: true, value: { outlines: [{ name: null }] } });
  const point = {
    type: 'Feature',
    properties: {},
    geometry: { type: 'Point', coordinates: [1, 1] },
  };
  expect(planOfGeoJson(point)).toEqual({ ok: false, problem: 'nothing_in_it' });
});

test('what is no map of a venue is refused', () => {
  expect(planOfGeoJson({ type: 'Topology' })).toEqual({ ok: false, problem: 'not_geojson' });
  expect(planOfGeoJson(collection({ type: 'Feature' }))).toEqual({
    ok: false,
    problem: 'not_geojson',
  });
  expect(planOfGeoJson(collection())).toEqual({ ok: false, problem: 'nothing_in_it' });
  expect(planOfGeoJson(hall(500, 0, 1))).toEqual({ ok: false, problem: 'not_on_earth' });
  expect(planOfGeoJson(hall(0, 0, 30))).toEqual({ ok: false, problem: 'too_large' });
});

test('whatever JSON comes, it is read or refused', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => typeof planOfGeoJson(value).ok === 'boolean'));
});
