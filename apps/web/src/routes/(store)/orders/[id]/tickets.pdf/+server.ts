import { printOrder } from '@catraca/api/tickets';
import { parsePublicId } from '@catraca/domain';
import { error } from '@sveltejs/kit';
import { pdfResponse } from '#lib/server/pdf-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params, url, locals }) => {
  const publicId = parsePublicId(params.id);
  if (!publicId.ok) error(404);
  const key = url.searchParams.get('key') ?? '';
  return pdfResponse(printOrder(locals.api, { publicId: publicId.value, key }), 'tickets');
};
