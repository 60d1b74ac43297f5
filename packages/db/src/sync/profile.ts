import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { notify } from '../commands/notify.ts';
import { followMembers } from '../commands/members/follow-members.ts';
import { transact } from '../commands/transact.ts';
import {
  accounts,
  memberEvents,
  members,
  organizations,
  organizationSecurity,
  signingKeys,
  users,
} from '../schema/index.ts';
import { namesOfPersonalKeys } from './personal-keys-on-the-way.ts';
import { replaceRows, takeRows } from './rows-of-facts.ts';

/** Who may sign in at a venue, and whose signatures count there: rows as JSON text, and a digest of them and of which personal keys there are. */
export interface Profile {
  hash: string;
  rows: string;
}

/**
 * At the cloud: the members of the organization with their passwords' hashes, what is asked of them and where they work, and every
 * public key. Sessions and second factors stay here.
 */
export async function readProfile(db: Db, organizationId: string): Promise<Profile> {
  const ofOrganization = sql`select user_id from members where organization_id = ${organizationId}`;
  const [row] = await db.execute<{ rows: string }>(sql`
    select jsonb_build_object(
      'organizations', (select jsonb_agg(to_jsonb(o)) from organizations o where o.id = ${organizationId}),
      'users', (select jsonb_agg(to_jsonb(u) || '{"two_factor_enabled": false}' order by u.id) from users u where u.id in (${ofOrganization})),
      'accounts', (select jsonb_agg(to_jsonb(a) || '{"access_token": null, "refresh_token": null, "id_token": null}' order by a.id)
        from accounts a where a.user_id in (${ofOrganization})),
      'members', (select jsonb_agg(to_jsonb(m) order by m.id) from members m where m.organization_id = ${organizationId}),
      'member_events', (select jsonb_agg(to_jsonb(e) order by e.member_id, e.event_id)
        from member_events e join members m on m.id = e.member_id where m.organization_id = ${organizationId}),
      'organization_security', (select jsonb_agg(to_jsonb(s)) from organization_security s where s.organization_id = ${organizationId}),
      'signing_keys', (select jsonb_agg(to_jsonb(k) || '{"private_key_sealed": null}' order by k.key_id) from signing_keys k)
    )::text as rows`);
  const rows = row?.rows ?? '{}';
  const hash = createHash('sha256').update(rows).update(namesOfPersonalKeys()).digest('hex');
  return { hash, rows };
}

/** At a venue: the cloud's members are this site's. Who is one no longer is signed out and gone from here. */
export async function takeProfile(db: Db, organizationId: string, rows: string): Promise<void> {
  const bodies = [rows];
  await transact(db, async (tx) => {
    await replaceRows(tx, bodies, organizations, ['id']);
    // A second factor is of one site: its secret is sealed by that site's key, a passkey is bound to its address.
    const local = sql`name = excluded.name, email = excluded.email, email_verified = excluded.email_verified, image = excluded.image,
      updated_at = excluded.updated_at`;
    await replaceRows(tx, bodies, users, ['id'], local);
    await replaceRows(tx, bodies, accounts, ['id']);
    await tx.execute(sql`
      delete from sessions where user_id in (select user_id from members where organization_id = ${organizationId})
        and user_id not in (select m->>'user_id' from jsonb_array_elements(${rows}::jsonb->'members') m)`);
    await tx.execute(sql`delete from members where organization_id = ${organizationId}`);
    await takeRows(tx, bodies, members);
    await takeRows(tx, bodies, memberEvents);
    await replaceRows(tx, bodies, organizationSecurity, ['organization_id']);
    await followMembers(tx, organizationId, new Date());
    await takeKeysOf(tx, bodies);
  });
}

/** Keys of other sites: this site's own are its own matter. */
async function takeKeysOf(
  tx: Parameters<typeof takeRows>[0],
  bodies: readonly string[],
): Promise<void> {
  const known = await takeRows(
    tx,
    bodies,
    signingKeys,
    sql`on conflict (key_id) do update set state = excluded.state, retired_at = excluded.retired_at
      where signing_keys.private_key_sealed is null and signing_keys.state <> excluded.state returning key_id`,
  );
  if (known.length > 0) await notify(tx, { kind: 'keys' });
}

export interface SiteKey {
  keyId: number;
  /** 32 bytes in hexadecimal. */
  publicKey: string;
  retired: boolean;
}

/** The public keys that this site made. */
export async function readOwnKeys(db: Db): Promise<SiteKey[]> {
  return [
    ...(await db.execute<SiteKey & Record<string, unknown>>(sql`
      select key_id as "keyId", encode(public_key, 'hex') as "publicKey", state = 'retired' as retired from signing_keys
      where key_id >> 8 = (select number from sites where is_local) order by key_id`)),
  ];
}

/** At the cloud: the keys by which a venue signs. Its key ids carry its number, so it cannot speak for others. */
export async function takeSiteKeys(db: Db, site: number, keys: readonly SiteKey[]): Promise<void> {
  const own = keys.filter(({ keyId }) => keyId >> 8 === site);
  if (own.length === 0) return;
  await transact(db, async (tx) => {
    // Retired ones first: of a site one key signs.
    for (const { keyId, publicKey, retired } of own.toSorted(
      (a, b) => Number(b.retired) - Number(a.retired),
    )) {
      const state = retired ? 'retired' : 'signing';
      const changed = await tx.execute(sql`
        insert into signing_keys (key_id, public_key, state, retired_at)
        values (${keyId}, decode(${publicKey}, 'hex'), ${state}, ${retired ? sql`now()` : sql`null`})
        on conflict (key_id) do update set state = excluded.state, retired_at = excluded.retired_at
          where signing_keys.state <> excluded.state returning key_id`);
      if (changed.length > 0) await notify(tx, { kind: 'keys' });
    }
  });
}
