/**
 * Every answer a gate can give, in order of precedence: where several apply, the first of this list is the answer.
 * The codes are permanent: stored with scans, sent to devices, counted in reports. Words for people live in the screens.
 * (A scan id that was judged before is answered with its stored verdict, before any of these: SPEC A-1.)
 */
export const refusals = [
  /** This device may not scan here: other event, other checkpoint, or a direction the checkpoint does not have. */
  'device_not_allowed',
  /** Not a code of ours, or one that stands for no pass. */
  'unknown_code',
  /** It has the shape of our token, but none of our keys signed it. */
  'bad_signature',
  /** A good pass of another event. */
  'wrong_event',
  /** The pass was revoked, or this medium was replaced by a newer one. */
  'revoked',
  /** Its money went back. */
  'refunded',
  /** Its order is not paid. */
  'unpaid',
  /** A person stopped it for now. */
  'blocked',
  /** The pass never opens this area. */
  'wrong_area',
  /** It opens this area on another day. */
  'wrong_day',
  /** Its first window for this area has not begun. */
  'not_yet_valid',
  /** Its last window for this area is over. */
  'expired',
  /** It was used, and its policy allows no second time (today). */
  'already_used',
  /** All of its N entries are used. */
  'too_many_entries',
  /** By the record its holder is inside already. */
  'already_inside',
  /** By the record its holder is outside, so cannot leave or go further in. */
  'not_inside',
  /** A person must look first: photo, age, companion, question. */
  'needs_attention',
  /** The area has as many people as it may hold. */
  'area_full',
  /** This device is alone and cannot know: ask the server. Never given by a server. */
  'offline_unknown',
] as const;

/** The green answers: each is an admission, which moved the pass from one area to another. */
export const admissions = ['admitted', 'exited'] as const;

export const verdicts = [...admissions, ...refusals] as const;

export type Refusal = (typeof refusals)[number];
export type Admission = (typeof admissions)[number];
export type Verdict = (typeof verdicts)[number];

/** Green or a refusal: what a screen tells before any word. */
export function isAdmission(verdict: Verdict): verdict is Admission {
  return verdict === 'admitted' || verdict === 'exited';
}

const known: ReadonlySet<string> = new Set(verdicts);

export function isVerdict(text: unknown): text is Verdict {
  return typeof text === 'string' && known.has(text);
}
