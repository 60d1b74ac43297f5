import { jwksOf } from '@catraca/api/tickets';
import type { RequestHandler } from './$types';

/** Readers may keep the keys so long (s): a new one is asked for when a token names it. */
const maxAge = 300;

/** The public keys that passes are verified with, retired ones too. Anyone may read them, from any site. */
export const GET: RequestHandler = async ({ locals }) =>
  Response.json(await jwksOf(locals.api.db), {
    headers: {
      'cache-control': `public, max-age=${maxAge}`,
      'access-control-allow-origin': '*',
    },
  });
