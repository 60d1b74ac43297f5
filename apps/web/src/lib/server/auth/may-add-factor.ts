import type { SignedIn } from './find-signed-in.ts';

/**
 * Whether this session may set up a second factor: a member's, or one whose role asks for a factor and has none. Not one whose factor is
 * open: whoever knows the password alone would add their own.
 */
export function mayAddFactor(signedIn: SignedIn | null): signedIn is SignedIn {
  return signedIn?.standing === 'member' || signedIn?.standing === 'factor_missing';
}
