import type { JobSteps } from '@catraca/db';

/** Who does the work of each kind of job. */
export function jobSteps(): JobSteps {
  return {};
}
