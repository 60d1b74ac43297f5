import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { DbOrTx } from '../../client.ts';
import { at } from '../../commands/ids.ts';
import { accounts, memberRoles, members, users, type MemberRole } from '../../schema/index.ts';

/** One password for all of the demo's accounts. It is in the README: a demo must never be reachable from outside. */
export const demoPassword = 'catraca-demo';

const names: Record<MemberRole, string> = {
  owner: 'Olívia Farol',
  manager: 'Murilo Trapiche',
  box_office: 'Bruna Bilheteira',
  accreditation: 'Açucena Crachá',
  gate: 'Gastão Portão',
  control: 'Catarina Mapa',
  viewer: 'Valdir Vista',
};

export interface DemoAccount {
  userId: string;
  role: MemberRole;
  email: string;
}

/** A member of each role, `owner@catraca.example` and so on, who signs in with `demoPassword`. */
export async function makeStaff(db: DbOrTx, organizationId: string): Promise<DemoAccount[]> {
  const password = await hashPassword(demoPassword);
  const staff = memberRoles.map((role) => ({
    role,
    userId: randomUUID(),
    email: `${role}@catraca.example`,
  }));
  await db.insert(users).values(
    staff.map(({ userId, role, email }) => ({
      id: userId,
      name: names[role],
      email,
      emailVerified: true,
    })),
  );
  await db.insert(accounts).values(
    staff.map(({ userId }) => ({
      id: randomUUID(),
      accountId: userId,
      userId,
      providerId: 'credential',
      password,
    })),
  );
  await db
    .insert(members)
    .values(staff.map(({ userId, role }) => ({ id: randomUUID(), organizationId, userId, role })));
  return staff;
}

export function ofRole(staff: readonly DemoAccount[], role: MemberRole): DemoAccount {
  return at(
    staff.filter((account) => account.role === role),
    0,
  );
}
