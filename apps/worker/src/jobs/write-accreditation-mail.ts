import { inLanguage } from '@catraca/api/in-language';
import { getSigningKey, ticketUrl } from '@catraca/api/tickets';
import {
  type DueMail,
  findApplication,
  findApplicationPublicId,
  findDelegation,
  findTickets,
  type FoundApplication,
} from '@catraca/db';
import {
  type Mail,
  writeApprovedMail,
  writeAskedMail,
  writeInvitedMail,
  writeReceivedMail,
  writeRejectedMail,
} from '@catraca/documents';
import type { MailSources, WrittenMail } from './write-mail.ts';

/** The link of a delegation. Its secret is in the outbox until it is sent. */
export async function writeDelegationMail(
  { db, links }: MailSources,
  due: DueMail,
): Promise<WrittenMail | undefined> {
  const found = due.delegationId === null ? undefined : await findDelegation(db, due.delegationId);
  if (!found || due.secret === null) return undefined;
  const { delegation, event, quotas } = found;
  const { locale, contactName, contactEmail } = delegation;
  if (contactEmail === null) return undefined;
  const mail = writeInvitedMail({
    ...{ locale, event, to: contactName, delegationName: delegation.name },
    url: links.apply(due.secret),
    quotas: quotas.map(({ typeName, quantity }) => ({
      quantity,
      typeName: inLanguage(typeName, locale),
    })),
  });
  return { ...mail, to: { name: contactName ?? '', address: contactEmail }, attachments: [] };
}

/** How an application stands: to whoever applied, or to the delegation's contact where they gave no address. */
export async function writeApplicationMail(
  sources: MailSources,
  due: DueMail,
): Promise<WrittenMail | undefined> {
  const publicId =
    due.applicationId && (await findApplicationPublicId(sources.db, due.applicationId));
  const found = publicId ? await findApplication(sources.db, publicId) : undefined;
  if (!found) return undefined;
  const { application, delegation } = found;
  const to = application.email
    ? { name: application.name, address: application.email }
    : { name: delegation?.contactName ?? '', address: delegation?.contactEmail ?? '' };
  if (to.address === '') return undefined;
  const mail = await writeAbout(sources, due.kind, found, to.name || null);
  return mail && { ...mail, to, attachments: [] };
}

async function writeAbout(
  sources: MailSources,
  kind: DueMail['kind'],
  found: FoundApplication,
  to: string | null,
): Promise<Mail | undefined> {
  const { application, event, type, delegation } = found;
  const { locale, message } = application;
  const told = {
    ...{ locale, event, to, message, personName: application.name },
    typeName: inLanguage(type.name, locale),
    delegationName: delegation?.name ?? null,
    url: sources.links.application(application.publicId),
  };
  switch (kind) {
    case 'application_received':
      return writeReceivedMail(told);
    case 'application_asked':
      return writeAskedMail(told);
    case 'application_rejected':
      return writeRejectedMail(told);
    case 'application_approved': {
      const url = await credentialUrl(sources, found);
      return url === undefined ? undefined : writeApprovedMail({ ...told, ticketUrl: url });
    }
    default:
      return undefined;
  }
}

/** The page of the credential; undefined when it admits nobody any more. */
async function credentialUrl(
  { db, links, masterKey }: MailSources,
  { pass }: FoundApplication,
): Promise<string | undefined> {
  if (pass?.status !== 'valid') return undefined;
  const [ticket] = await findTickets(db, [pass.id]);
  return ticket && ticketUrl(ticket, await getSigningKey(db, masterKey), links);
}
