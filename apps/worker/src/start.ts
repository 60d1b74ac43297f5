import { makeLinks } from '@catraca/api/links';
import { openPaymentProviders } from '@catraca/api/payment';
import { keepPersonalKeys, openDb } from '@catraca/db';
import { createTransport } from 'nodemailer';
import type { Settings } from './env.ts';
import { callingPlaces, forgettingPlaces } from './jobs/call-places.ts';
import { erasingExpired } from './jobs/erase-expired.ts';
import { exchangingFacts, markingSite, recordingHistory } from './jobs/exchange-facts.ts';
import { expiringHolds } from './jobs/expire-holds.ts';
import { Job } from './jobs/job.ts';
import { jobSteps } from './jobs/job-steps.ts';
import { returningMoney } from './jobs/return-money.ts';
import { renewingKeys } from './jobs/renew-keys.ts';
import { runningJobs } from './jobs/run-jobs.ts';
import { sendingMails } from './jobs/send-mails.ts';
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
  const { mode, stripe, webOrigin, secret, masterKey, mailFrom } = settings;
  const keys = await keepPersonalKeys(() => db, masterKey);
  const payments = openPaymentProviders({ mode, offered: [], stripe });
  const sources = { db, links: makeLinks(webOrigin, secret), masterKey };
  const transport = createTransport(settings.smtpUrl);
  const works = [
    callingPlaces(db, log),
    forgettingPlaces(db),
    expiringHolds(db, log),
    sendingMails(sources, mailFrom, transport, log),
    returningMoney(db, payments, log),
    runningJobs(db, jobSteps(db, masterKey), log),
    recordingHistory(db, log),
    exchangingFacts(db, masterKey, log),
    markingSite(db, settings.siteMark),
    renewingKeys(db, log),
    erasingExpired(db, log),
  ];
  const jobs = works.map((work) => new Job(work, log));
  return {
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
      keys.stop();
      transport.close();
      await Promise.all([db.$client.end({ timeout: 1 }), mailbox?.close()]);
    },
  };
}

/** The captured mail arrives over SMTP at the address the worker itself sends to. */
async function openMailboxOf({ mailboxDir, smtpUrl }: Settings): Promise<Mailbox | undefined> {
  if (mailboxDir === undefined) return undefined;
  return openMailbox(mailboxDir, Number(new URL(smtpUrl).port));
}
