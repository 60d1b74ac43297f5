import { and, desc, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '../client.ts';
import { auditLog, users } from '../schema/index.ts';

/** A row that people edit, as the audit log names it, and what changes its version. */
export interface Edited {
  subjectKind: string;
  subjectId: bigint;
  actions: readonly string[];
}

/** Which member changed it last, and when; undefined when it was no member, or one who is no more. */
export async function findLastChange(
  db: DbOrTx,
  { subjectKind, subjectId, actions }: Edited,
): Promise<{ by: string; at: Date } | undefined> {
  const [row] = await db
    .select({ by: users.name, at: auditLog.at })
    .from(auditLog)
    .leftJoin(users, and(eq(auditLog.actorKind, 'member'), eq(users.id, auditLog.actorId)))
    .where(
      and(
        eq(auditLog.subjectKind, subjectKind),
        eq(auditLog.subjectId, String(subjectId)),
        inArray(auditLog.action, [...actions]),
      ),
    )
    .orderBy(desc(auditLog.at), desc(auditLog.id))
    .limit(1);
  return row?.by ? { by: row.by, at: row.at } : undefined;
}
