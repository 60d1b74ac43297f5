import type { PublicId } from '@catraca/domain';

/**
 * Where the secret of the buyer's hold stays between requests: a cookie that no script can read.
 * Procedures read and change it; it is in no address and in no answer.
 */
export interface Cart {
  readonly holdPublicId: PublicId | null;
  /** Remembers this hold from the next request on, until some time after it ends at `expiresAt`. */
  keep(holdPublicId: string, expiresAt: Date): void;
  forget(): void;
}
