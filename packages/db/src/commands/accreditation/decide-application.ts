import { assert } from '@catraca/domain';
import { isSamePerson, stateAfter, takesPlace } from '@catraca/domain/accreditation';
import { and, asc, eq, ne, or } from 'drizzle-orm';
import type { Db, Tx } from '../../client.ts';
import { applications, mailOutbox, passes, persons } from '../../schema/index.ts';
import { record } from '../../sync/record-facts.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import { queueMailAbout, takeBackMails } from '../mail/queue-mail-about.ts';
import type { MailKind } from '../mail/queue-mail.ts';
import { findCredential, grantTo } from '../passes/grant-credential.ts';
import { transact } from '../transact.ts';
import { type ApplicationRow, lockApplication } from './change-application.ts';
import { giveBackPlace, takePlaceOfQuota } from './save-delegation.ts';

/** `message`: what the applicant is told with it. */
export interface Decision {
  act: 'approve' | 'reject' | 'ask' | 'reopen';
  message: string;
  actor: Actor;
}

export type DecideApplicationResult =
  /** `again`: the person has a credential already, and it is this one. */
  | { ok: true; again: boolean }
  | { ok: false; code: 'unknown_application' | 'quota_full' | 'credential_revoked' }
  /** Not for an application in this state: somebody else was first. */
  | { ok: false; code: 'decided_already'; state: ApplicationRow['state'] };

/** How long (ms) the mail of a rejection, or of a question, waits: until then reopening takes it back. */
const secondThoughtsMs = 20_000;

const mailOf: Record<Exclude<Decision['act'], 'reopen'>, MailKind> = {
  approve: 'application_approved',
  reject: 'application_rejected',
  ask: 'application_asked',
};

/** Decides on an application of the event. What is approved becomes a credential, or the one its person has already. */
export async function decideApplication(
  db: Db,
  { eventId, id }: { eventId: bigint; id: bigint },
  decision: Decision,
  key: SigningKey,
  now: Date,
): Promise<DecideApplicationResult> {
  return transact<DecideApplicationResult>(db, async (tx, refuse) => {
    const known = await lockApplication(tx, id);
    if (known?.eventId !== eventId) return { ok: false, code: 'unknown_application' };
    const state = stateAfter(known.state, decision.act);
    if (!state) return { ok: false, code: 'decided_already', state: known.state };
    if (!(await movePlace(tx, known, state))) return { ok: false, code: 'quota_full' };
    const granted = decision.act === 'approve' ? await approve(tx, known, key, now) : null;
    if (granted?.isRevoked) return refuse({ ok: false, code: 'credential_revoked' });
    await tx
      .update(applications)
      .set({
        ...{
          state,
          message: decision.message,
          decidedBy: decision.actor.kind === 'member' ? decision.actor.id : null,
          decidedAt: now,
        },
        ...{ passId: granted?.passId ?? null, version: known.version + 1 },
      })
      .where(eq(applications.id, id));
    await tellDecision(tx, known, decision.act, now);
    await writeAudit(tx, decision.actor, {
      ...{ action: `accreditation.${decision.act}`, eventId },
      ...{ subjectKind: 'application', subjectId: id },
      ...{ before: { state: known.state }, after: { state, passId: granted?.passId ?? null } },
    });
    // With the application in it, as it is now.
    if (granted) await record(tx, 'credential', [granted.passId]);
    return { ok: true, again: granted?.again ?? false };
  });
}

/** Takes or gives back the place of the quota that the step asks for. */
async function movePlace(
  tx: Tx,
  { delegationId, typeId, state: before }: ApplicationRow,
  after: ApplicationRow['state'],
): Promise<boolean> {
  if (delegationId === null || takesPlace(before) === takesPlace(after)) return true;
  if (takesPlace(after)) return takePlaceOfQuota(tx, { delegationId, typeId });
  await giveBackPlace(tx, { delegationId, typeId });
  return true;
}

async function tellDecision(
  tx: Tx,
  { id, version }: ApplicationRow,
  act: Decision['act'],
  now: Date,
): Promise<void> {
  const about = { applicationId: id };
  const ofApplication = eq(mailOutbox.applicationId, id);
  if (act === 'reopen') {
    const told = or(
      eq(mailOutbox.kind, 'application_rejected'),
      eq(mailOutbox.kind, 'application_asked'),
    );
    await takeBackMails(tx, and(ofApplication, told));
    return;
  }
  const waitMs = act === 'approve' ? 0 : secondThoughtsMs;
  const at = new Date(now.getTime() + waitMs);
  await queueMailAbout(tx, { kind: mailOf[act], about, key: `${id}:${version}`, at });
}

interface Approved {
  passId: bigint;
  again: boolean;
  isRevoked: boolean;
}

async function approve(
  tx: Tx,
  application: ApplicationRow,
  key: SigningKey,
  now: Date,
): Promise<Approved> {
  const { eventId, typeId, name, email, photoId } = application;
  const known = await credentialOf(tx, application);
  if (known) {
    if (photoId !== null) await givePhoto(tx, known.holderId, photoId);
    return { passId: known.passId, again: true, isRevoked: known.status !== 'valid' };
  }
  const personKey = application.documentKey ?? application.nameBirthKey;
  const request = { typeId, holder: { name, email }, personKey };
  const { passId, holderId } = await grantTo(tx, eventId, request, key, now);
  if (photoId !== null) await givePhoto(tx, holderId, photoId);
  return { passId, again: false, isRevoked: false };
}

/** The credential this person has at the event: by the key it is made of, or by another application of theirs. */
async function credentialOf(tx: Tx, application: ApplicationRow) {
  const { eventId, documentKey, nameBirthKey } = application;
  const personKey = documentKey ?? nameBirthKey;
  if (personKey === null) return undefined;
  // Whoever has a name and a birth date in common follows one another, as those of one document do.
  const derived = await findCredential(tx, eventId, [documentKey, nameBirthKey]);
  const earlier = await tx
    .select({
      passId: passes.id,
      status: passes.status,
      holderId: passes.holderId,
      documentKey: applications.documentKey,
      nameBirthKey: applications.nameBirthKey,
    })
    .from(applications)
    .innerJoin(passes, eq(passes.id, applications.passId))
    .where(
      and(
        eq(applications.eventId, eventId),
        ne(applications.id, application.id),
        or(
          documentKey ? eq(applications.documentKey, documentKey) : undefined,
          nameBirthKey ? eq(applications.nameBirthKey, nameBirthKey) : undefined,
        ),
      ),
    )
    .orderBy(asc(applications.id));
  return earlier.find((other) => isSamePerson(application, other)) ?? derived;
}

async function givePhoto(tx: Tx, personId: bigint, photoId: bigint): Promise<void> {
  const changed = await tx
    .update(persons)
    .set({ photoId })
    .where(eq(persons.id, personId))
    .returning({ id: persons.id });
  assert(changed.length === 1, 'a credential has a holder');
}
