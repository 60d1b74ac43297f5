import { listMails } from '#lib/server/mailbox.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async () => {
  const captured = await listMails();
  return {
    mails: captured.map(({ id, mail }) => ({
      id,
      subject: mail.subject ?? '',
      to: mail.to?.map(({ address }) => address ?? '').join(', ') ?? '',
      sentAt: mail.date ?? null,
      attachments: mail.attachments.length,
    })),
  };
};
