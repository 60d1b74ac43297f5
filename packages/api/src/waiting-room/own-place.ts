import type { ApiContext } from '../context.ts';
import { refuse } from '../errors.ts';
import { checkProof, type PlaceAct } from './proof.ts';
import { readPlace, type PlaceClaims } from './place-token.ts';

type PlaceContext = Pick<ApiContext, 'now' | 'places' | 'secret' | 'waitingRooms'>;

/** The place in this browser's cookie, if it is one of this event. Whether it is the browser's own, only a proof shows. */
export async function findOwnPlace(
  { places, secret }: PlaceContext,
  slug: string,
): Promise<PlaceClaims | undefined> {
  const token = places.read(slug);
  return token === undefined ? undefined : readPlace(token, slug, secret);
}

/** Refuses whoever has the place's cookie and not its key, and a proof that was used before. */
export async function requireProof(
  ctx: PlaceContext,
  place: PlaceClaims,
  act: PlaceAct,
  proof: string | undefined,
): Promise<void> {
  const id = proof === undefined ? undefined : await checkProof(proof, place, act, ctx.now);
  if (id === undefined) refuse('place_not_yours');
  if (!ctx.waitingRooms.usedProofs.use(`${place.publicId}/${id}`, ctx.now))
    refuse('place_not_yours');
}
