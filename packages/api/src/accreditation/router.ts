import { router } from '../trpc.ts';
import { listForms, saveForm } from './forms.ts';
import { decideApplications, findOwnApplication, findPhoto, searchApplications } from './review.ts';

/** Credentials: what is asked of whom, and who gets one. */
export const accreditationRouter = router({
  forms: listForms,
  saveForm,
  search: searchApplications,
  find: findOwnApplication,
  decide: decideApplications,
  photo: findPhoto,
});
