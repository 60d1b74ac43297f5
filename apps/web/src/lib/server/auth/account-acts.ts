import { noteAct, findPasswordHash, type Actor, type AuditEntry } from '@catraca/db';
import { passwordLengthMax, passwordLengthMin } from '@catraca/api';
import type { RequestEvent } from '@sveltejs/kit';
import type { APIError } from 'better-auth/api';
import { services } from '../services.ts';
import type { SignedIn } from './find-signed-in.ts';

/** Why an act was refused, as the forms of these pages say it. */
export type Problem =
  | { problem: 'incomplete' | 'wrong' | 'wrong_password' | 'too_short' | 'too_long' | 'not_same' }
  | { problem: 'too_many_tries'; minutes: number }
  | { problem: 'ended' | 'factor_needed' | 'not_done' };

/** Who acts, as the audit log names them, also before the second factor is shown. */
export function actorOfSession(event: RequestEvent, { member }: SignedIn): Actor {
  const { organizationId, userId } = member;
  return { organizationId, kind: 'member', id: userId, ...clientOf(event) };
}

export function clientOf(event: RequestEvent): Pick<Actor, 'address' | 'userAgent'> {
  return {
    address: event.getClientAddress(),
    userAgent: event.request.headers.get('user-agent'),
  };
}

/** Writes down an act that better-auth did. */
export async function note(
  event: RequestEvent,
  signedIn: SignedIn,
  act: Pick<AuditEntry, 'action' | 'after'>,
): Promise<void> {
  const { db } = await services();
  const subject = { subjectKind: 'user', subjectId: signedIn.member.userId };
  await noteAct(db, actorOfSession(event, signedIn), { ...act, ...subject });
}

/** Counts a try at a secret of `whom`, from the request's address. */
export async function throttled(event: RequestEvent, whom: string): Promise<Problem | null> {
  const { signInThrottle: throttle } = await services();
  const attempt = { email: whom, address: event.getClientAddress() };
  const waitMs = throttle.take(attempt, Date.now());
  return waitMs > 0 ? { problem: 'too_many_tries', minutes: Math.ceil(waitMs / 60_000) } : null;
}

/** Whoever changes how they sign in gives their password again: a phone that lies open is not enough. */
export async function refusePassword(
  event: RequestEvent,
  { member, email }: SignedIn,
  password: string,
): Promise<Problem | null> {
  const { auth, db, signInThrottle: throttle } = await services();
  const tooMany = await throttled(event, email);
  if (tooMany) return tooMany;
  const hash = await findPasswordHash(db, member.userId);
  const context = await auth.$context;
  const isRight = hash !== undefined && (await context.password.verify({ hash, password }));
  if (!isRight) return { problem: 'wrong_password' };
  throttle.succeeded({ email, address: event.getClientAddress() });
  return null;
}

/** What is wrong with a password that somebody chose, if anything. */
export function refuseNewPassword(password: string, again: string): Problem | null {
  if (password.length < passwordLengthMin) return { problem: 'too_short' };
  if (password.length > passwordLengthMax) return { problem: 'too_long' };
  return password === again ? null : { problem: 'not_same' };
}

export async function hashPassword(password: string): Promise<string> {
  const { auth } = await services();
  return (await auth.$context).password.hash(password);
}

/** What better-auth refused, in the words of these pages. */
export function problemOf(refusal: APIError): Problem {
  if (refusal.statusCode === 429) return { problem: 'too_many_tries', minutes: 15 };
  const code = refusal.body?.code;
  const ended = code === 'INVALID_TWO_FACTOR_COOKIE' || code?.startsWith('TOO_MANY_ATTEMPTS');
  return { problem: ended ? 'ended' : 'wrong' };
}

/** A text of a form. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
