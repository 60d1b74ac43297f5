/** A place of those that are there at the opening. */
export interface DrawnPlace {
  /** 1 for its network's first place in the room, 2 for the second. */
  readonly networkNo: number;
  /** Its number, from 1. */
  readonly no: number;
}

/**
 * What is wrong with a draw, in words; nothing where it went by the rules (SPEC W-2): all numbers from 1 once, and no
 * network's second place before another's first. Whoever keeps the numbers can show it afterwards.
 */
export function checkDraw(places: readonly DrawnPlace[]): string[] {
  const byNo = places.toSorted((a, b) => a.no - b.no);
  const problems: string[] = [];
  byNo.forEach((place, index) => {
    if (place.no !== index + 1) problems.push(`number ${index + 1} is not there once`);
    const before = byNo[index - 1];
    if (before && before.networkNo > place.networkNo) {
      problems.push(
        `number ${place.no} is its network's place ${place.networkNo}, and stands behind a ${before.networkNo}`,
      );
    }
  });
  return problems;
}
