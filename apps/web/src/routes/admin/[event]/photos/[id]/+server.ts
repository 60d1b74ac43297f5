import { createCaller, Refusal } from '@catraca/api';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** A person's picture, for members who may see it. */
export const GET: RequestHandler = async ({ params, locals }) => {
  try {
    const request = { eventSlug: params.event, photoId: params.id };
    const picture = await createCaller(locals.api).accreditation.photo(request);
    return new Response(Uint8Array.from(picture), {
      // Kept by the browser that showed it, and by nobody on the way. A changed photo has another id.
      headers: { 'content-type': 'image/jpeg', 'cache-control': 'private, max-age=600' },
    });
  } catch (cause) {
    if (cause instanceof Refusal) error(cause.refusal === 'not_found' ? 404 : 403);
    throw cause;
  }
};
