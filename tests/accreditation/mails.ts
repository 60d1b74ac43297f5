import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { vi } from 'vitest';

/** A rejection's mail waits for twenty seconds, in which it can be taken back. */
const soon = { timeout: 40_000, interval: 200 };

export interface Wanted {
  to: string;
  /** Some words of it. */
  subject: string;
}

/** All that were sent so far to an address, the oldest first. */
export async function mailsTo(mailboxDir: string, address: string): Promise<Email[]> {
  const files = readdirSync(mailboxDir).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(
    files.toSorted().map((name) => PostalMime.parse(readFileSync(path.join(mailboxDir, name)))),
  );
  return mails.filter((mail) => mail.to?.some((to) => to.address === address));
}

/** The latest mail to somebody with these words in its subject, once the worker has sent it. */
export async function mailTo(mailboxDir: string, { to, subject }: Wanted): Promise<Email> {
  return vi.waitFor(async () => {
    const mails = await mailsTo(mailboxDir, to);
    const found = mails.findLast((mail) => mail.subject?.includes(subject));
    if (!found) throw new Error(`no mail to ${to} about ${subject} yet`);
    return found;
  }, soon);
}

/** The first address in a mail that has this in it. */
export function linkIn(mail: Email, part: string): string {
  const link = mail.text?.match(/https?:\S+/g)?.find((one) => one.includes(part));
  if (!link) throw new Error(`no link to ${part} in: ${mail.text ?? ''}`);
  return link;
}
