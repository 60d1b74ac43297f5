import type { RequestEvent } from '@sveltejs/kit';
import { services } from '../services.ts';

/** Whose password was right in this browser a moment ago, while the code of their authenticator app is open. */
export async function findChallenge(event: RequestEvent): Promise<{ userId: string } | undefined> {
  const context = await (await services()).auth.$context;
  const { name } = context.createAuthCookie('two_factor');
  // Signed, as better-auth does: the text, a full stop, and the signature, which it checks itself before it believes a code.
  const identifier = event.cookies.get(name)?.split('.')[0];
  if (!identifier) return undefined;
  const open = await context.internalAdapter.findVerificationValue(identifier);
  return open && open.expiresAt > new Date() ? { userId: open.value } : undefined;
}
