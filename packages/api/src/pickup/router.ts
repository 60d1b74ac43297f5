import { router } from '../trpc.ts';
import { findCredential, handOver, searchCredentials, setPhoto } from './pick-up.ts';

/** The desk where badges are handed over. */
export const pickupRouter = router({
  search: searchCredentials,
  find: findCredential,
  handOver,
  setPhoto,
});
