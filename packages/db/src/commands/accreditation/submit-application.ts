import { assert } from '@catraca/domain';
import {
  type ApplicationFields,
  documentIdentity,
  nameBirthIdentity,
} from '@catraca/domain/accreditation';
import { and, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { blindKey } from '../../personal/personal-keys.ts';
import { searchGrams } from '../../personal/search-grams.ts';
import { applicationForms, applications, delegations, passTypes } from '../../schema/index.ts';
import { queueMailAbout } from '../mail/queue-mail-about.ts';
import { transact } from '../transact.ts';
import { insertPhoto, type Photo } from './photos.ts';
import { takePlaceOfQuota } from './save-delegation.ts';

export interface ApplicationRequest {
  eventId: bigint;
  typeId: bigint;
  /** Null for whoever applies by the public form. */
  delegationId: bigint | null;
  /** Checked by `checkApplication`. */
  fields: ApplicationFields;
  photo: Photo | null;
  locale: 'en' | 'pt-br' | 'es';
}

export type SubmitApplicationResult =
  | { ok: true; id: bigint; publicId: string }
  /** `not_open`: there is no such form, or not now. `quota_full`: the delegation has no place left for this type. */
  | { ok: false; code: 'not_open' | 'quota_full' };

/**
 * Writes an application, and takes a place of the delegation's quota for it.
 *
 * Why no quota is exceeded however many apply at once:
 *  1. A place is taken by one statement, whose condition is evaluated on the row's newest version, under its lock.
 *  2. It is the application's transaction: who has no place has no application.
 *  3. `delegation_quotas_never_exceeded` would refuse it even if 1 were wrong.
 */
export async function submitApplication(
  db: Db,
  request: ApplicationRequest,
  now: Date,
): Promise<SubmitApplicationResult> {
  return transact<SubmitApplicationResult>(db, async (tx) => {
    const { eventId, typeId, delegationId, locale } = request;
    if (!(await isOpen(tx, request, now))) return { ok: false, code: 'not_open' };
    if (delegationId !== null && !(await takePlaceOfQuota(tx, { delegationId, typeId }))) {
      return { ok: false, code: 'quota_full' };
    }
    const photoId = request.photo && (await insertPhoto(tx, eventId, request.photo, now));
    const [made] = await tx
      .insert(applications)
      .values({
        ...{ eventId, typeId, delegationId, locale, photoId, createdAt: now },
        ...personColumns(request.fields),
      })
      .returning({ id: applications.id, publicId: applications.publicId });
    assert(made, 'an application was written');
    const about = { applicationId: made.id };
    await queueMailAbout(tx, {
      ...{ kind: 'application_received', about, key: String(made.id), at: now },
    });
    return { ok: true, ...made };
  });
}

/** Whether somebody may apply for the type now: by this delegation's link, or by the public form. */
async function isOpen(
  tx: Tx,
  { eventId, typeId, delegationId }: ApplicationRequest,
  now: Date,
): Promise<boolean> {
  const [form] = await tx
    .select()
    .from(applicationForms)
    .innerJoin(passTypes, eq(passTypes.id, applicationForms.typeId))
    .where(
      and(
        eq(applicationForms.typeId, typeId),
        eq(passTypes.eventId, eventId),
        eq(passTypes.kind, 'credential'),
        eq(passTypes.archived, false),
      ),
    );
  if (!form || !isInWindow(form.application_forms, now)) return false;
  if (delegationId === null) return form.application_forms.isPublic;
  const [delegation] = await tx
    .select({ state: delegations.state })
    .from(delegations)
    .where(and(eq(delegations.id, delegationId), eq(delegations.eventId, eventId)))
    .for('key share');
  return delegation?.state === 'open';
}

/** Whether a form takes applications at this instant. */
export function isInWindow(
  { opensAt, closesAt }: { opensAt: Date | null; closesAt: Date | null },
  now: Date,
): boolean {
  return (opensAt === null || opensAt <= now) && (closesAt === null || now < closesAt);
}

/** What is written of who applies: sealed, with the keys that find the same person again. */
export function personColumns({ name, email, document, birthDate, answers }: ApplicationFields) {
  const tidy = name.trim().replaceAll(/\s+/g, ' ');
  const documentText = documentIdentity(document);
  return {
    name: tidy,
    email: email.trim() === '' ? null : email.trim(),
    document: documentText === '' ? null : document.trim(),
    birthDate: birthDate === '' ? null : birthDate,
    answers,
    documentKey: documentText === '' ? null : blindKey('document', documentText),
    nameBirthKey:
      birthDate === '' ? null : blindKey('name-birth', nameBirthIdentity(tidy, birthDate)),
    searchIndex: searchGrams(`${tidy} ${email}`),
  };
}
