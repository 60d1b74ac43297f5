import { router } from '../trpc.ts';
import { countUnseen } from './count-unseen.ts';
import { listConflicts } from './list-conflicts.ts';
import { markSeen } from './mark-seen.ts';

export const conflictRouter = router({ list: listConflicts, unseen: countUnseen, markSeen });
