import { printTicket } from '@catraca/api/tickets';
import { getLocale } from '#lib/paraglide/runtime.js';
import { pdfResponse } from '#lib/server/pdf-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params, locals }) =>
  pdfResponse(printTicket(locals.api, { jwt: params.token }, getLocale()), 'ticket');
