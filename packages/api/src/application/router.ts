import { router } from '../trpc.ts';
import { findForm, findOwnDelegation } from './find-forms.ts';
import { mendApplication, viewApplication, withdrawApplication } from './own-application.ts';
import { submitApplication } from './submit-application.ts';

/** Asking for a credential: for delegations and for everybody. */
export const applicationRouter = router({
  delegation: findOwnDelegation,
  form: findForm,
  submit: submitApplication,
  view: viewApplication,
  mend: mendApplication,
  withdraw: withdrawApplication,
});
