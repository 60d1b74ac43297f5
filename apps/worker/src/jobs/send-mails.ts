import { type DueMail, markMailFailed, markMailSent, takeDueMails } from '@catraca/db';
import type { Transporter } from 'nodemailer';
import { describeError, type Log } from '../log.ts';
import type { Work } from './job.ts';
import { type MailSources, writeMail } from './write-mail.ts';

/** Mails in one round: each takes some 100 ms to print and to send. */
const mailsPerRound = 10;

/** Sends what is in the outbox, each mail at least once. One that the mail server does not take comes again later. */
export function sendingMails(
  sources: MailSources,
  from: string,
  transport: Transporter,
  log: Log,
): Work {
  const send = async (due: DueMail, now: Date): Promise<void> => {
    const { mailId, kind, attempts } = due;
    try {
      const mail = await writeMail(sources, due);
      if (mail) await transport.sendMail({ from, ...mail });
      await markMailSent(sources.db, mailId, now);
      log.info(
        { mailId: String(mailId), kind, attempts, written: mail !== undefined },
        'mail sent',
      );
    } catch (error) {
      // A server's answer often quotes the address: only its code is kept.
      const { name, code } = describeError(error);
      await markMailFailed(sources.db, due, code ?? name);
      log.warn({ mailId: String(mailId), kind, attempts, error: code ?? name }, 'mail not sent');
    }
  };
  return {
    name: 'send_mails',
    everyMs: 1_000,
    async run(now) {
      const due = await takeDueMails(sources.db, now, mailsPerRound);
      for (const mail of due) await send(mail, now);
      return due.length === mailsPerRound ? 'more' : 'done';
    },
  };
}
