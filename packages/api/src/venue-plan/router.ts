import { router } from '../trpc.ts';
import { getPlanToEdit } from './get-plan-to-edit.ts';
import { readPlanFile } from './read-plan-file.ts';
import { savePlan } from './save-plan.ts';

export const venuePlanRouter = router({
  get: getPlanToEdit,
  readFile: readPlanFile,
  save: savePlan,
});
