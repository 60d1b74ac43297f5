/** A place on a venue plan: x right, y down, in plan units. */
export type PlanPoint = readonly [x: number, y: number];

/** Whether two sides of the outline that are not neighbours touch: such an outline has no clear inside. */
export function crossesItself(corners: readonly PlanPoint[]): boolean {
  const sides = sidesOf(corners);
  return sides.some(([a, b], i) =>
    sides.some(([c, d], j) => {
      const apart = Math.abs(i - j);
      if (apart <= 1 || apart === sides.length - 1) return false;
      return j > i && segmentsTouch(a, b, c, d);
    }),
  );
}

/** Whether a place is inside the outline, or on it. */
export function isInside(corners: readonly PlanPoint[], place: PlanPoint): boolean {
  const [x, y] = place;
  let inside = false;
  for (const [[ax, ay], [bx, by]] of sidesOf(corners)) {
    if (isOn([ax, ay], [bx, by], place)) return true;
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

/** Whether all of the inner outline is inside the outer one. */
export function encloses(outer: readonly PlanPoint[], inner: readonly PlanPoint[]): boolean {
  if (outer.length < 3 || inner.length < 3) return false;
  if (!inner.every((corner) => isInside(outer, corner))) return false;
  // With all corners inside, a side can leave it only across an edge between them.
  return sidesOf(inner).every(([[ax, ay], [bx, by]]) =>
    isInside(outer, [(ax + bx) / 2, (ay + by) / 2]),
  );
}

/** Square units inside the outline. */
export function areaInside(corners: readonly PlanPoint[]): number {
  const twice = sidesOf(corners).reduce((sum, [[ax, ay], [bx, by]]) => sum + ax * by - bx * ay, 0);
  return Math.abs(twice) / 2;
}

type Side = readonly [PlanPoint, PlanPoint];

function sidesOf(corners: readonly PlanPoint[]): Side[] {
  return corners.map((corner, index) => [corner, corners[(index + 1) % corners.length] ?? corner]);
}

/** On which side of the line a-b the place is: 0 is on it. */
function turn([ax, ay]: PlanPoint, [bx, by]: PlanPoint, [x, y]: PlanPoint): number {
  return Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
}

function isOn(a: PlanPoint, b: PlanPoint, place: PlanPoint): boolean {
  const between = (p: number, q: number, value: number) =>
    Math.min(p, q) <= value && value <= Math.max(p, q);
  return turn(a, b, place) === 0 && between(a[0], b[0], place[0]) && between(a[1], b[1], place[1]);
}

function segmentsTouch(a: PlanPoint, b: PlanPoint, c: PlanPoint, d: PlanPoint): boolean {
  if (turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b)) return true;
  return isOn(a, b, c) || isOn(a, b, d) || isOn(c, d, a) || isOn(c, d, b);
}
