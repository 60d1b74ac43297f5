import { foldForSearch } from '@catraca/domain';
import { and, eq, like, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { persons } from '../schema/index.ts';

/** `text` anywhere, for `like`: its own wildcards are taken as letters. */
export function anywhere(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** Ids of an event's people whose name has all words of `text` in it, or whose e-mail has all of it. For a subquery. */
export function peopleMatching(db: DbOrTx, eventId: bigint, text: string) {
  const words = foldForSearch(text).split(' ');
  const email = anywhere(text.trim().toLowerCase());
  return db
    .select({ id: persons.id })
    .from(persons)
    .where(
      and(
        eq(persons.eventId, eventId),
        or(
          and(...words.map((word) => like(persons.nameSearch, anywhere(word)))),
          like(sql`lower(${persons.email})`, email),
        ),
      ),
    );
}
