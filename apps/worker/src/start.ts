import { openDb } from '@catraca/db';
import type { Settings } from './env.ts';
import { expiringHolds } from './jobs/expire-holds.ts';
import { Job } from './jobs/job.ts';
import type { Log } from './log.ts';
import { type Mailbox, openMailbox } from './mailbox/capture-mail.ts';

/** Jobs take turns on these: none of them is in a hurry. */
const poolSize = 4;

export interface Worker {
  /** Ends the rounds under way, begins no other, and closes everything. */
  stop(): Promise<void>;
}

/** Starts all jobs, and the mail server that captures when there is a mailbox. @throws when that server's port is taken. */
export async function startWorker(settings: Settings, log: Log): Promise<Worker> {
  const mailbox = await openMailboxOf(settings);
  const db = openDb(settings.databaseUrl, { connections: poolSize, name: 'catraca-worker' });
  const jobs = [expiringHolds(db, log)].map((work) => new Job(work, log));
  return {
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
      await Promise.all([db.$client.end({ timeout: 1 }), mailbox?.close()]);
    },
  };
}

/** The captured mail arrives over SMTP at the address the worker itself sends to. */
async function openMailboxOf({ mailboxDir, smtpUrl }: Settings): Promise<Mailbox | undefined> {
  if (mailboxDir === undefined) return undefined;
  return openMailbox(mailboxDir, Number(new URL(smtpUrl).port));
}
