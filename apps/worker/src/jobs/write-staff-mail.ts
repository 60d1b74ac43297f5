import { type DueMail, findInvitation, findResetOf } from '@catraca/db';
import { writeInvitationMail, writePasswordResetMail } from '@catraca/documents';
import type { MailSources, WrittenMail } from './write-mail.ts';

/** The way into an organization for who was invited; nothing once it was accepted, taken back or too old. */
export async function writeInvitation(
  { db, links }: MailSources,
  { invitationId }: DueMail,
): Promise<WrittenMail | undefined> {
  if (invitationId === null) return undefined;
  const found = await findInvitation(db, invitationId, new Date());
  if (!found) return undefined;
  const { email, organization } = found;
  const written = writeInvitationMail({ organization, url: links.invitation(invitationId) });
  return { ...written, to: { name: email, address: email }, attachments: [] };
}

/** The way to a new password for who asked for one last. */
export async function writePasswordReset(
  { db, links }: MailSources,
  { userId }: DueMail,
): Promise<WrittenMail | undefined> {
  const found = userId === null ? undefined : await findResetOf(db, userId, new Date());
  if (!found) return undefined;
  const { id, name, email } = found;
  const written = writePasswordResetMail({ name, url: links.passwordReset(id) });
  return { ...written, to: { name, address: email }, attachments: [] };
}
