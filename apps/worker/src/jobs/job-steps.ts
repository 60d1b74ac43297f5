import { getSigningKey } from '@catraca/api/tickets';
import { askStep, type Db, importStep, type JobSteps, refundStep } from '@catraca/db';

/** Who does the work of each kind of job. `masterKey` opens the key that signs the passes of an import. */
export function jobSteps(db: Db, masterKey: Uint8Array): JobSteps {
  return {
    refund_event: refundStep,
    import_passes: importStep(() => getSigningKey(db, masterKey)),
    ask_holders: askStep,
    remind_holders: askStep,
  };
}
