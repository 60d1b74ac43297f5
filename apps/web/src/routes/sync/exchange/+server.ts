import { answerExchangeRequest } from '@catraca/api/sync';
import { services } from '#lib/server/services.ts';
import type { RequestHandler } from './$types';

/** A venue tells its facts and takes ours. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const { exchangeDesk } = await services();
  return answerExchangeRequest(exchangeDesk, request, locals.api.now);
};
