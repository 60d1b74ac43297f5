import { error } from '@sveltejs/kit';
import { getMail } from '#lib/server/mailbox.ts';
import type { RequestHandler } from './$types';

/** An attachment to download, whatever it says it is. */
export const GET: RequestHandler = async ({ params }) => {
  const { mail } = await getMail(params.id);
  const attachment = mail.attachments[Number(params.no)];
  if (!attachment) error(404);
  const name = encodeURIComponent(attachment.filename ?? 'attachment');
  return new Response(Buffer.from(attachment.content as ArrayBuffer), {
    headers: {
      'content-type': attachment.mimeType,
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
    },
  });
};
