import { error } from '@sveltejs/kit';
import { apiError } from '#lib/trpc.ts';

/** For a `load` of a page whose address is its key: what the API answers, or 404 where the key opens nothing. */
export async function byLink<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (cause) {
    const refused = apiError(cause);
    // An address of another form is as wrong as a key that does not fit.
    if (refused?.refusal === 'not_found' || refused?.fields) error(404, { message: 'not_found' });
    error(refused?.httpStatus ?? 503, { message: 'failed' });
  }
}
