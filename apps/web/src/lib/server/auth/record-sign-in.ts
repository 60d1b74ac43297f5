import { findFirstOrganizationId, noteAct, type Actor } from '@catraca/db';
import type { RequestEvent } from '@sveltejs/kit';
import { services } from '../services.ts';
import { clientOf } from './account-acts.ts';

/** How somebody proved who they are. */
export type SignInMethod = 'password' | 'totp' | 'recovery_code' | 'passkey';

/** Writes down that somebody signed in, before they are told. */
export async function recordSignIn(
  event: RequestEvent,
  userId: string,
  method: SignInMethod,
): Promise<void> {
  await tell(event, userId, { action: 'session.signIn', after: { method } });
}

/** The password was right, and the second factor was not: somebody else may know the password. */
export async function recordFailedFactor(
  event: RequestEvent,
  userId: string,
  method: SignInMethod,
): Promise<void> {
  await tell(event, userId, { action: 'session.failedFactor', after: { method } });
}

async function tell(
  event: RequestEvent,
  userId: string,
  act: { action: string; after: { method: SignInMethod } },
): Promise<void> {
  const { db } = await services();
  const organizationId = await findFirstOrganizationId(db, userId);
  if (!organizationId) return;
  const by: Actor = { organizationId, kind: 'member', id: userId, ...clientOf(event) };
  await noteAct(db, by, { ...act, subjectKind: 'user', subjectId: userId });
}
