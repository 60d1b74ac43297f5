/** Values below this are counted exactly, in µs. */
const exactBelow = 256;
/** Above, each doubling has so many buckets: a bucket is at most 1/128 (0.8 %) wide. */
const bucketsPerDoubling = 128;
const doublings = 23;
const bucketCount = exactBelow + doublings * bucketsPerDoubling;

/** What travels between processes: the counts of all buckets, and the largest value in µs. */
export interface HistogramData {
  readonly counts: Uint32Array;
  readonly maxUs: number;
}

/**
 * Counts durations in buckets that grow with the value, as HdrHistogram does: any number of them in 13 kB, each
 * within 0.8 %, up to half an hour. Histograms of several runs can be added up, which percentiles cannot.
 */
export class Histogram {
  readonly #counts: Uint32Array;
  #count = 0;
  #maxUs: number;

  constructor(data?: HistogramData) {
    this.#counts = data ? Uint32Array.from(data.counts) : new Uint32Array(bucketCount);
    this.#maxUs = data?.maxUs ?? 0;
    for (const count of this.#counts) this.#count += count;
  }

  get count(): number {
    return this.#count;
  }

  get data(): HistogramData {
    return { counts: this.#counts, maxUs: this.#maxUs };
  }

  /** Ms; the largest value itself, not its bucket. */
  get max(): number {
    return this.#maxUs / 1000;
  }

  record(ms: number): void {
    const us = Math.max(0, Math.round(ms * 1000));
    const bucket = Math.min(bucketOf(us), bucketCount - 1);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    if (us > this.#maxUs) this.#maxUs = us;
  }

  add(other: Histogram): void {
    other.#counts.forEach((count, bucket) => {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
    });
    this.#count += other.#count;
    this.#maxUs = Math.max(this.#maxUs, other.#maxUs);
  }

  /** The duration (ms) that `percent` of all do not exceed: the upper edge of its bucket, so that it never flatters. NaN for none. */
  percentile(percent: number): number {
    if (this.#count === 0) return Number.NaN;
    const wanted = Math.max(1, Math.ceil((percent / 100) * this.#count));
    let seen = 0;
    for (const [bucket, count] of this.#counts.entries()) {
      seen += count;
      if (seen >= wanted) return Math.min(upperEdgeOf(bucket), this.#maxUs) / 1000;
    }
    return this.max;
  }
}

function bucketOf(us: number): number {
  if (us < exactBelow) return us;
  const doubling = Math.floor(Math.log2(us)) - 8;
  const within = Math.floor(us / 2 ** (doubling + 1)) - bucketsPerDoubling;
  return exactBelow + doubling * bucketsPerDoubling + within;
}

/** The largest value (µs) that falls into a bucket. */
function upperEdgeOf(bucket: number): number {
  if (bucket < exactBelow) return bucket;
  const doubling = Math.floor((bucket - exactBelow) / bucketsPerDoubling);
  const within = (bucket - exactBelow) % bucketsPerDoubling;
  return (bucketsPerDoubling + within + 1) * 2 ** (doubling + 1) - 1;
}
