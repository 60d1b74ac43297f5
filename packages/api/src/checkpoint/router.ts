import { router } from '../trpc.ts';
import { listCheckpoints } from './list-checkpoints.ts';
import { updateCheckpoint } from './update-checkpoint.ts';

export const checkpointRouter = router({
  list: listCheckpoints,
  update: updateCheckpoint,
});
