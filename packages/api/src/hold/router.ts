import { router } from '../trpc.ts';
import { getHold } from './get-hold.ts';
import { placeHold } from './place-hold.ts';
import { releaseHold } from './release-hold.ts';

/** The buyer's cart. The hold's public id stays in their cookie; no call takes or gives it. */
export const holdRouter = router({
  get: getHold,
  place: placeHold,
  release: releaseHold,
});
