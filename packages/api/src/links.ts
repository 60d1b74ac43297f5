import { createHmac, timingSafeEqual } from 'node:crypto';

/** The addresses this site gives out. Whoever has an order's link may see the order: it is signed, and cannot be guessed. */
export interface Links {
  /** `https://tickets.example`: also the issuer of the site's JWTs. */
  readonly origin: string;
  order(publicId: string): string;
  /** Whether `key` is the one that `order` put into the link. */
  isOrderKey(publicId: string, key: string): boolean;
  /** `jwt`: a pass's claims, signed. */
  ticket(jwt: string): string;
  checkout(): string;
}

/** `origin` as people see it, `secret`: CATRACA_SECRET. */
export function makeLinks(origin: string, secret: string): Links {
  const orderKey = (publicId: string) =>
    createHmac('sha256', secret).update(`order-link:${publicId}`).digest('base64url');
  return {
    origin,
    order: (publicId) => `${origin}/orders/${publicId}?key=${orderKey(publicId)}`,
    isOrderKey(publicId, key) {
      const [expected, given] = [Buffer.from(orderKey(publicId)), Buffer.from(key)];
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
    ticket: (jwt) => `${origin}/tickets/${jwt}`,
    checkout: () => `${origin}/checkout`,
  };
}
