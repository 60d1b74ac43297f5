import { expect, test } from 'vitest';
import { badgeSizes, firstBadgeDesign, isOnBadge } from './badge-rules.ts';

test.each(Object.entries(badgeSizes))(
  'a first design of %s stands on the badge, each thing free of the others',
  (_, size) => {
    const design = firstBadgeDesign(size);
    for (const element of design.elements) expect(isOnBadge(element, design)).toBe(true);
    const standing = design.elements.filter(({ kind }) => kind !== 'bar');
    for (const [index, one] of standing.entries()) {
      for (const other of standing.slice(index + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart, `${JSON.stringify(one)} and ${JSON.stringify(other)}`).toBe(true);
      }
    }
  },
);
