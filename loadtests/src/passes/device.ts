/** The secret of a scanner of the benchmark, counted from 0. Its database holds nothing worth a secret, and goes nowhere. */
export function deviceTokenOf(scanner: number): string {
  return `benchmark-scanner-${scanner}`;
}

/** Devices in the benchmark's database, and connections the load comes from: a large venue. */
export const scannersMax = 500;
