import { Counter, Trend } from 'k6/metrics';

/*
 * Correctness: each of these is 0, or the run has failed. The names are those that `src/k6/run-k6.ts` knows.
 */
/** Passes that this side saw come in twice. */
export const doubleAdmissions = new Counter('double_admissions');
/** Scans without a verdict at the end. */
export const lostVerdicts = new Counter('lost_verdicts');
/** Verdicts that are not the expected ones, and frames that nobody expects. */
export const wrongVerdicts = new Counter('wrong_verdicts');
/** Walls that missed a frame, or did not end with the right totals. */
export const wrongWalls = new Counter('wrong_walls');
/** Answers of the shop that are wrong: two buyers of one seat, an error instead of a refusal. */
export const wrongSales = new Counter('wrong_sales');
/** Units that buyers were told are theirs, beyond what there was. */
export const oversold = new Counter('oversold');

export const correctness = {
  double_admissions: ['count==0'],
  lost_verdicts: ['count==0'],
  wrong_verdicts: ['count==0'],
  wrong_walls: ['count==0'],
  wrong_sales: ['count==0'],
  oversold: ['count==0'],
};

/** From the moment a scan was due until its verdict: a gate that stalls is charged for all who wait. */
export const verdictMs = new Trend('verdict_ms', true);
export const scans = new Counter('scans');
export const refusals = new Counter('refusals');
/** Answers that ask for the same scan again. */
export const busy = new Counter('busy');
export const reconnects = new Counter('reconnects');
/** Scans that were sent again after a line was cut, with their ids. */
export const resent = new Counter('resent');
/** From the cut of its line until a device or wall was there again. */
export const reconnectMs = new Trend('reconnect_ms', true);
/** Frames that walls read. */
export const wallFrames = new Counter('wall_frames');
/** From the first page to the tickets. */
export const purchaseMs = new Trend('purchase_ms', true);
export const ordersPaid = new Counter('orders_paid');
export const soldOut = new Counter('sold_out');
/** Whose turn did not come before the end. */
export const notServed = new Counter('not_served');
/** Dials that did not lead to a line; they are made again. */
export const failedConnects = new Counter('failed_connects');
/** Devices and walls that played to their end: one that k6 gave up is not among them. */
export const finished = new Counter('finished');
