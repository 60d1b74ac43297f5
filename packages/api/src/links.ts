import { createHmac, timingSafeEqual } from 'node:crypto';

/** The addresses this site gives out. Whoever has an order's link may see the order: it is signed, and cannot be guessed. */
export interface Links {
  /** `https://tickets.example`: also the issuer of the site's JWTs. */
  readonly origin: string;
  order(publicId: string): string;
  /** Whether `key` is the one that `order` put into the link. */
  isOrderKey(publicId: string, key: string): boolean;
  /** By which an invited person joins. */
  invitation(id: string): string;
  isInvitationKey(id: string, key: string): boolean;
  /** By which somebody who forgot their password sets a new one. */
  passwordReset(id: string): string;
  isPasswordResetKey(id: string, key: string): boolean;
  /** `jwt`: a pass's claims, signed. */
  ticket(jwt: string): string;
  checkout(): string;
  /** `secret`: of a delegation's link. */
  apply(secret: string): string;
  publicForm(eventSlug: string, typeNo: number): string;
  /** Whoever has it may see the application, mend it and take it back. */
  application(publicId: string): string;
  isApplicationKey(publicId: string, key: string): boolean;
}

/** `origin` as people see it, `secret`: CATRACA_SECRET. */
export function makeLinks(origin: string, secret: string): Links {
  // One secret signs several kinds of links: what comes before the id keeps them apart.
  const keyOf =
    (kind: 'order' | 'application' | 'invitation' | 'password-reset') => (publicId: string) =>
      createHmac('sha256', secret).update(`${kind}-link:${publicId}`).digest('base64url');
  const [orderKey, applicationKey] = [keyOf('order'), keyOf('application')];
  const [invitationKey, resetKey] = [keyOf('invitation'), keyOf('password-reset')];
  return {
    origin,
    order: (publicId) => `${origin}/orders/${publicId}?key=${orderKey(publicId)}`,
    isOrderKey: (publicId, key) => isEqual(orderKey(publicId), key),
    invitation: (id) => `${origin}/join/${id}?key=${invitationKey(id)}`,
    isInvitationKey: (id, key) => isEqual(invitationKey(id), key),
    passwordReset: (id) => `${origin}/sign-in/reset/${id}?key=${resetKey(id)}`,
    isPasswordResetKey: (id, key) => isEqual(resetKey(id), key),
    ticket: (jwt) => `${origin}/tickets/${jwt}`,
    checkout: () => `${origin}/checkout`,
    apply: (linkSecret) => `${origin}/apply/${linkSecret}`,
    publicForm: (eventSlug, typeNo) => `${origin}/apply/${eventSlug}/${typeNo}`,
    application: (publicId) => `${origin}/applications/${publicId}?key=${applicationKey(publicId)}`,
    isApplicationKey: (publicId, key) => isEqual(applicationKey(publicId), key),
  };
}

function isEqual(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
