import { mediumNoMax } from '../token/claims.ts';
import type { PassStatus } from '../admission/types.ts';
import type { SiteKind } from './site-kind.ts';

/** An issue makes two media: the QR code has the number, the barcode the one after it. */
export const mediaPerIssue = 2;

/**
 * The number of the QR code of the next issue, or null when the 255 numbers are used up. Media come in pairs (1, 2), (3, 4) …; the cloud
 * takes each second pair from the first, a venue each second from the second, so that two issues never meet.
 * `highest`: of the media known here, 0 for none.
 */
export function nextMediumNo(highest: number, kind: SiteKind): number | null {
  const after = Math.ceil(highest / mediaPerIssue);
  const pair = after % 2 === (kind === 'cloud' ? 0 : 1) ? after : after + 1;
  const no = pair * mediaPerIssue + 1;
  return no + 1 > mediumNoMax ? null : no;
}

/** The number from which media live: the highest issue, and none of a pass that is over. */
export function livingFromNo(highest: number, status: PassStatus): number | null {
  if (highest === 0 || status === 'revoked' || status === 'refunded') return null;
  return (Math.ceil(highest / mediaPerIssue) - 1) * mediaPerIssue + 1;
}
