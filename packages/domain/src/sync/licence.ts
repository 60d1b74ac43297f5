/**
 * What the cloud keeps of a venue to tell it from its copies (SPEC Y-30). A seal is a random secret of the venue; here it is
 * compared as a digest that the caller computed. `seal` was proved last, `next` was proposed with that proof.
 */
export interface Licence {
  readonly seal: string;
  readonly next: string | null;
  /** Set when the venue was paired anew, as another site: this one is over. */
  readonly fenced: boolean;
}

/** What a venue shows with each exchange. It stored `next` before it sent it, and sends the same until it is answered. */
export interface SealProof {
  readonly seal: string;
  readonly next: string;
}

export type LicenceAnswer =
  | { readonly kind: 'confirmed'; readonly licence: Licence }
  /** Nothing of it is taken, and nothing is answered but this. */
  | { readonly kind: 'fenced' };

/** At pairing: the venue's first seal. */
export function newLicence(seal: string): Licence {
  return { seal, next: null, fenced: false };
}

/**
 * Whether a proof is of the one machine that holds the licence. It shows the seal that was proposed last, or, because the
 * answer was lost, the one before together with the same proposal. Anything else is an older state of this venue, or another
 * machine that claims to be it. Or a request that was a long time on its way: so the licence stays as it is, and it is the venue that
 * fences itself when this is the answer to what it shows now (`sealAnswered`).
 */
export function proveLicence(licence: Licence, proof: SealProof): LicenceAnswer {
  if (licence.fenced) return { kind: 'fenced' };
  if (proof.seal === licence.next) {
    return { kind: 'confirmed', licence: { ...licence, seal: proof.seal, next: proof.next } };
  }
  const isSame = licence.next === null || licence.next === proof.next;
  if (proof.seal !== licence.seal || !isSame) return { kind: 'fenced' };
  return { kind: 'confirmed', licence: { ...licence, next: proof.next } };
}

/** What the venue keeps, in its database. */
export interface Seals {
  /** The one it proves with. */
  readonly seal: string;
  /** The one it proposed and has no answer for. */
  readonly next: string | null;
  /** For ever: it sells and judges nothing, and is paired anew, as a new site on an empty database, since its ids would repeat. */
  readonly fenced: boolean;
}

/** Before an exchange: what to store, then to send. `random` is used only where nothing is open. */
export function proposeSeal(seals: Seals, random: string): SealProof {
  return { seal: seals.seal, next: seals.next ?? random };
}

/** Once the cloud answered `proof`: what to store. An answer to an older proof, which comes late, changes nothing. */
export function sealAnswered(seals: Seals, proof: SealProof, answer: LicenceAnswer['kind']): Seals {
  if (seals.next !== proof.next) return seals;
  return answer === 'confirmed'
    ? { ...seals, seal: proof.next, next: null }
    : { ...seals, fenced: true };
}
