import { error, redirect } from '@sveltejs/kit';
import { apiError } from './trpc.ts';

/**
 * For a `load`: what the API answers, or else the page that stands for its refusal. Whoever is not signed in
 * (any more) signs in and comes back to `url`.
 */
export async function orErrorPage<Answer>(asked: Promise<Answer>, url: URL): Promise<Answer> {
  try {
    return await asked;
  } catch (failure) {
    const refused = apiError(failure);
    if (refused?.refusal === 'sign_in_required') {
      redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
    }
    if (refused?.refusal === 'second_factor_required') {
      redirect(303, `/account/second-factor?to=${encodeURIComponent(url.pathname + url.search)}`);
    }
    error(refused?.httpStatus ?? 503, { message: refused?.refusal ?? 'failed' });
  }
}
