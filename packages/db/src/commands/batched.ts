import { DrizzleQueryError } from 'drizzle-orm';
import postgres from 'postgres';
import type { Db } from '../client.ts';
import { isBusy } from './transact.ts';

/** Requests in one batch: beyond that a batch gets slower, not cheaper. */
export const requestsPerBatchMax = 64;

/** Requests that may wait in one process, about a second's work. One more is told `busy`, which is kinder than a long wait. */
export const requestsWaitingMax = 1_000;

/** Nothing was changed; the same may be asked again. */
export interface Busy {
  ok: false;
  code: 'busy';
}

/** What a batch answers a request: at once, or after something that the others need not wait for. */
export type Answer<Result> = Result | Promise<Result>;

const busy: Busy = { ok: false, code: 'busy' };

/**
 * Makes a command over many requests into one that takes them as they come. Whoever comes while nobody is served is served
 * at once; all who come meanwhile are the next batch. So one path serves both, nobody waits for company, and the
 * rows everybody wants are locked once a batch instead of once a request. A queue for each database pool: a process has one.
 *
 * `run` answers each request in its place, and one request's refusal must not touch another's. Requests of the same key, where
 * there are keys, never share a batch: they follow each other.
 */
export function batched<Request, Result>(
  run: (db: Db, requests: readonly Request[]) => Promise<Answer<Result>[]>,
  keyOf?: (request: Request) => string,
): (db: Db, request: Request) => Promise<Result | Busy> {
  const queues = new WeakMap<Db, Queue<Request, Result>>();
  return (db, request) => {
    const queue = queues.get(db) ?? new Queue((requests) => run(db, requests), keyOf);
    queues.set(db, queue);
    return queue.offer(request);
  };
}

interface Waiting<Request, Result> {
  readonly request: Request;
  readonly answer: (result: Answer<Result | Busy>) => void;
  readonly fail: (error: unknown) => void;
}

class Queue<Request, Result> {
  readonly #run: (requests: readonly Request[]) => Promise<Answer<Result>[]>;
  readonly #keyOf: ((request: Request) => string) | undefined;
  #waiting: Waiting<Request, Result>[] = [];
  #isServing = false;

  constructor(
    run: (requests: readonly Request[]) => Promise<Answer<Result>[]>,
    keyOf: ((request: Request) => string) | undefined,
  ) {
    this.#run = run;
    this.#keyOf = keyOf;
  }

  offer(request: Request): Promise<Result | Busy> {
    if (this.#waiting.length >= requestsWaitingMax) return Promise.resolve(busy);
    return new Promise((answer, fail) => {
      this.#waiting.push({ request, answer, fail });
      if (!this.#isServing) void this.#serve();
    });
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    while (this.#waiting.length > 0) {
      await this.#runBatch(this.#take());
    }
    this.#isServing = false;
  }

  #take(): Waiting<Request, Result>[] {
    const keyOf = this.#keyOf;
    if (!keyOf) return this.#waiting.splice(0, requestsPerBatchMax);
    const batch = new Map<string, Waiting<Request, Result>>();
    const later: Waiting<Request, Result>[] = [];
    for (const one of this.#waiting) {
      const key = keyOf(one.request);
      if (batch.size < requestsPerBatchMax && !batch.has(key)) batch.set(key, one);
      else later.push(one);
    }
    this.#waiting = later;
    return [...batch.values()];
  }

  async #runBatch(batch: readonly Waiting<Request, Result>[]): Promise<void> {
    try {
      const results = await this.#run(batch.map(({ request }) => request));
      batch.forEach(({ answer, fail }, index) => {
        const result = results[index];
        if (result === undefined) fail(new Error('a batch did not answer all of its requests'));
        else answer(result instanceof Promise ? result.catch(busyOrThrow) : result);
      });
    } catch (error) {
      // One request spoils the batch: each is tried alone, so that only that one fails.
      if (isAboutData(error) && batch.length > 1) {
        for (const one of batch) await this.#runBatch([one]);
      } else if (isBusy(error)) {
        for (const { answer } of batch) answer(busy);
      } else {
        for (const { fail } of batch) fail(error);
      }
    }
  }
}

function busyOrThrow(error: unknown): Busy {
  if (isBusy(error)) return busy;
  throw error;
}

/** SQLSTATE classes that blame a value: 22, data exception; 23, integrity constraint violation. */
function isAboutData(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof postgres.PostgresError && /^2[23]/.test(cause.code);
}
