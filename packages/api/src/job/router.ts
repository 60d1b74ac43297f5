import { router } from '../trpc.ts';
import { getJob } from './get-job.ts';
import { listJobs } from './list-jobs.ts';
import { resumeJob, stopJob } from './stop-job.ts';

/** Long work and how far it is. What starts it is a procedure of its noun. */
export const jobRouter = router({ get: getJob, list: listJobs, stop: stopJob, resume: resumeJob });
