import { getMail } from '#lib/server/mailbox.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const { id, mail } = await getMail(params.id);
  return {
    id,
    subject: mail.subject ?? '',
    from: mail.from?.address ?? '',
    to: mail.to?.map(({ address }) => address ?? '').join(', ') ?? '',
    sentAt: mail.date ?? null,
    text: mail.text ?? '',
    hasHtml: mail.html !== undefined,
    attachments: mail.attachments.map(({ filename, mimeType }, no) => ({
      no,
      name: filename ?? mimeType,
    })),
  };
};
