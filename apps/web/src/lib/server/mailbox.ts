import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { error } from '@sveltejs/kit';
import { CATRACA_MODE, MAILBOX_DIR } from '$app/env/private';
import PostalMime, { type Email } from 'postal-mime';

/** A file that the worker's captured mail is in. */
const fileName = /^[\w.-]+\.eml$/;

/** Mails a list shows. */
const listMax = 100;

/** Where captured mail is. @throws 404 where none is captured, and always in production. */
function mailboxDir(): string {
  if (!MAILBOX_DIR || CATRACA_MODE === 'production') error(404);
  return MAILBOX_DIR;
}

export interface CapturedMail {
  /** The file's name without its ending. */
  id: string;
  mail: Email;
}

/** The latest captured mails, the newest first. */
export async function listMails(): Promise<CapturedMail[]> {
  const names = await readdir(mailboxDir()).catch(() => []);
  // The name begins with the time.
  const latest = names
    .filter((name) => fileName.test(name))
    .sort()
    .slice(-listMax)
    .reverse();
  return Promise.all(latest.map((name) => open(name)));
}

/** One captured mail. @throws 404 when there is none of that name. */
export async function getMail(id: string): Promise<CapturedMail> {
  const name = `${id}.eml`;
  if (!fileName.test(name)) error(404);
  return open(name).catch(() => error(404));
}

async function open(name: string): Promise<CapturedMail> {
  const file = await readFile(path.join(mailboxDir(), name));
  return { id: name.slice(0, -'.eml'.length), mail: await PostalMime.parse(file) };
}
