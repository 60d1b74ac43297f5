/**
 * What the cloud keeps of a venue to tell it from its copies (SPEC Y-30). A seal is a random secret of the venue; here it is
 * compared as a digest that the caller computed. `seal` was proved last, `next` was proposed with that proof.
 */
export interface Licence {
  readonly seal: string;
  readonly next: string | null;
  /** For ever: a fenced venue is paired anew, as a new site on an empty database, since its ids would repeat. */
  readonly fenced: boolean;
}

/** What a venue shows with each exchange. It stored `next` before it sent it, and sends the same until it is answered. */
export interface SealProof {
  readonly seal: string;
  readonly next: string;
}

export type LicenceAnswer =
  | { readonly kind: 'confirmed'; readonly licence: Licence }
  | { readonly kind: 'fenced'; readonly licence: Licence };

/** At pairing: the venue's first seal. */
export function newLicence(seal: string): Licence {
  return { seal, next: null, fenced: false };
}

/**
 * Whether a proof is of the one machine that holds the licence. It shows the seal that was proposed last, or, because the
 * answer was lost, the one before together with the same proposal. Anything else is an older state of this venue, or another
 * machine that claims to be it: fenced.
 */
export function proveLicence(licence: Licence, proof: SealProof): LicenceAnswer {
  const fenced: Licence = { ...licence, fenced: true };
  if (licence.fenced) return { kind: 'fenced', licence };
  if (proof.seal === licence.next) {
    return { kind: 'confirmed', licence: { seal: proof.seal, next: proof.next, fenced: false } };
  }
  if (proof.seal !== licence.seal) return { kind: 'fenced', licence: fenced };
  if (licence.next !== null && licence.next !== proof.next)
    return { kind: 'fenced', licence: fenced };
  return { kind: 'confirmed', licence: { ...licence, next: proof.next } };
}

/** What the venue keeps, in its database: the seal it proves with, and the one it proposed and has no answer for. */
export interface Seals {
  readonly seal: string;
  readonly next: string | null;
}

/** Before an exchange: what to store, then to send. `random` is used only where nothing is open. */
export function proposeSeal(seals: Seals, random: string): Required<SealProof> {
  return { seal: seals.seal, next: seals.next ?? random };
}

/** After the cloud confirmed `proof`: what to store. */
export function sealConfirmed(seals: Seals, proof: SealProof): Seals {
  // An answer that comes late must not take a newer seal back.
  return seals.next === proof.next ? { seal: proof.next, next: null } : seals;
}
