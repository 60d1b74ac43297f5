import { eq, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../client.ts';
import { sealPersonal } from '../../personal/personal-keys.ts';
import { idArray } from '../../rows.ts';
import { delegations, events } from '../../schema/index.ts';

/**
 * Takes from these people, in this database, all that says who they were: names, e-mails, photos, documents, answers, and the keyed hashes by
 * which a limit knows them. Their rows stay, and so do all counts. Whoever was erased before stays so. @returns how many were not yet.
 */
export async function forgetPeople(tx: Tx, personIds: readonly bigint[]): Promise<number> {
  const forgotten = await tx.execute(sql`
    update persons set name = ${nobody()}, email = null, search_index = '{}', name_clear = null, email_clear = null,
      erased_at = now(), name_version = name_version + 1, name_site = (select number from sites where is_local)
    where id = any(${idArray(personIds)}) and erased_at is null returning id`);
  await forgetAllAbout(tx, personIds);
  return forgotten.length;
}

/** What hangs on these people, who are erased: photos, applications, answers, and by what a limit knows them. */
export async function forgetAllAbout(tx: Tx, personIds: readonly bigint[]): Promise<void> {
  const ids = idArray(personIds);
  const photos = await tx.execute<{ id: string }>(sql`
    select photo_id as id from persons where id = any(${ids}) and photo_id is not null`);
  await tx.execute(
    sql`update persons set photo_id = null where id = any(${ids}) and photo_id is not null`,
  );
  const applications = await tx.execute<{ id: string }>(sql`
    select a.id from applications a join passes p on p.id = a.pass_id where p.holder_id = any(${ids})`);
  await forgetApplications(
    tx,
    applications.map(({ id }) => BigInt(id)),
  );
  await tx.execute(sql`
    update confirmations set answers = null
    where pass_id in (select id from passes where holder_id = any(${ids})) and answers is not null`);
  await tx.execute(
    sql`update orders set buyer_key = null where buyer_id = any(${ids}) and buyer_key is not null`,
  );
  await tx.execute(sql`
    update payments set card_key = null from orders o
    where o.id = payments.order_id and o.buyer_id = any(${ids}) and card_key is not null`);
  await deletePhotos(tx, photos);
}

/** The same for applications, granted or not. */
export async function forgetApplications(tx: Tx, ids: readonly bigint[]): Promise<void> {
  if (ids.length === 0) return;
  const photos = await tx.execute<{ id: string }>(sql`
    select photo_id as id from applications where id = any(${idArray(ids)}) and photo_id is not null`);
  await tx.execute(sql`
    update applications set name = ${nobody()}, email = null, document = null, birth_date = null,
      answers = ${sealed('{}')}, document_key = null, name_birth_key = null, search_index = '{}', photo_id = null,
      message = '', version = version + 1
    where id = any(${idArray(ids)})`);
  await deletePhotos(tx, photos);
}

/** And where they speak for a delegation. */
export async function forgetContacts(
  tx: Tx,
  organizationId: string,
  email: string | null,
): Promise<void> {
  if (email === null) return;
  const rows = await tx
    .select({ id: delegations.id, email: delegations.contactEmail })
    .from(delegations)
    .innerJoin(events, eq(events.id, delegations.eventId))
    .where(eq(events.organizationId, organizationId));
  const ids = rows.filter((row) => row.email?.toLowerCase() === email.toLowerCase());
  await tx.execute(sql`
    update delegations set contact_name = null, contact_email = null
    where id = any(${idArray(ids.map(({ id }) => id))})`);
}

/** Once nobody has them. */
async function deletePhotos(tx: Tx, rows: readonly { id: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    delete from photos where id = any(${idArray(rows.map(({ id }) => BigInt(id)))})
      and not exists (select from persons p where p.photo_id = photos.id)
      and not exists (select from applications a where a.photo_id = photos.id)`);
}

function nobody(): SQL {
  return sealed('');
}

function sealed(text: string): SQL {
  const bytes = Buffer.from(sealPersonal(Buffer.from(text)));
  return sql`decode(${bytes.toString('hex')}, 'hex')`;
}
