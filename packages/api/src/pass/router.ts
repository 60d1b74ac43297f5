import { router } from '../trpc.ts';
import { exportPasses } from '../csv/export-rows.ts';
import { renamePass, resendPass, transferPass } from './change-holder.ts';
import { exchangePass, freeSeats, getExchangeOffer, withdrawExchange } from './exchange-pass.ts';
import { filterChoices } from './filter-choices.ts';
import { findPass } from './find-pass.ts';
import { importPasses, previewImport } from './import-passes.ts';
import { reissuePass } from './reissue-pass.ts';
import { revokePass } from './revoke-pass.ts';
import { searchPasses } from './search-passes.ts';

/** Passes as the desk sees them. */
export const passRouter = router({
  search: searchPasses,
  find: findPass,
  filterChoices,
  revoke: revokePass,
  reissue: reissuePass,
  rename: renamePass,
  transfer: transferPass,
  resend: resendPass,
  exchange: exchangePass,
  exchangeOffer: getExchangeOffer,
  freeSeats,
  withdrawExchange,
  export: exportPasses,
  previewImport,
  import: importPasses,
});
