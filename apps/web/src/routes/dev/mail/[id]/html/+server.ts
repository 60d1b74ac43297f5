import { getMail } from '#lib/server/mailbox.ts';
import type { RequestHandler } from './$types';

/** A mail's HTML for the frame that shows it: no scripts, nothing from elsewhere, links in a new window. */
export const GET: RequestHandler = async ({ params }) => {
  const { mail } = await getMail(params.id);
  return new Response(`<base target="_blank">${mail.html ?? ''}`, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
      'x-frame-options': 'SAMEORIGIN',
    },
  });
};
