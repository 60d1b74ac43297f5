import { answerPairRequest } from '@catraca/api/sync';
import type { RequestHandler } from './$types';

/** A machine with a code becomes a venue. */
export const POST: RequestHandler = ({ request, locals }) =>
  answerPairRequest(locals.api.db, request, locals.api.now);
