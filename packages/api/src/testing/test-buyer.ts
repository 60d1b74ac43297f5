import type { Db } from '@catraca/db';
import { parsePublicId, type PublicId } from '@catraca/domain';
import type { ApiContext } from '../context.ts';
import type { RefusalCode, RefusalDetail } from '../errors.ts';
import { Refusal } from '../errors.ts';
import { createCaller } from '../router.ts';
import { testContext } from './test-context.ts';

/** A browser that keeps the cart's cookie, as the web app keeps it. */
export interface TestBuyer {
  /** Calls procedures with what the cookie has now, at this instant or at `now`. */
  call(now?: Date): Promise<ReturnType<typeof createCaller>>;
  /** What the cookie holds: the hold's secret. */
  cookie: PublicId | null;
}

/** `as`: parts of the context that are other than a buyer's own. */
export function testBuyer(db: Db, as: Partial<ApiContext> = {}): TestBuyer {
  const buyer: TestBuyer = {
    cookie: null,
    async call(now) {
      const base = await testContext(db, null);
      const context = { ...base, now: now ?? base.now, cart: cartOf(buyer), ...as };
      return createCaller(context);
    },
  };
  return buyer;
}

function cartOf(buyer: TestBuyer): ApiContext['cart'] {
  return {
    holdPublicId: buyer.cookie,
    keep(holdPublicId) {
      const parsed = parsePublicId(holdPublicId);
      if (!parsed.ok) throw new Error('a hold is kept by its public id');
      buyer.cookie = parsed.value;
    },
    forget: () => (buyer.cookie = null),
  };
}

/** The refusal a call ends with; a call that succeeds or fails otherwise fails the test. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ code: RefusalCode; detail: RefusalDetail }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Refusal) return { code: error.refusal, detail: error.detail };
    throw error;
  }
  throw new Error('the call was not refused');
}
