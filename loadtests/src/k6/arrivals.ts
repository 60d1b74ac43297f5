/** How much more come in the middle than on average: nearly twice as many, and next to nobody first and last. */
const peak = 0.9;

/** The share of people that has come when this share of the time is over; both 0 to 1. */
function arrived(time: number): number {
  return time - (peak * Math.sin(2 * Math.PI * time)) / (2 * Math.PI);
}

/** When, of 0 to 1, the person comes who has this share of the others before them. */
export function arrivalAt(share: number): number {
  let [from, to] = [0, 1];
  while (to - from > 1e-6) {
    const middle = (from + to) / 2;
    if (arrived(middle) < share) from = middle;
    else to = middle;
  }
  return from;
}
