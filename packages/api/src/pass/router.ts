import { router } from '../trpc.ts';
import { findPass } from './find-pass.ts';
import { reissuePass } from './reissue-pass.ts';
import { revokePass } from './revoke-pass.ts';
import { searchPasses } from './search-passes.ts';

/** Passes as the desk sees them. */
export const passRouter = router({
  search: searchPasses,
  find: findPass,
  revoke: revokePass,
  reissue: reissuePass,
});
