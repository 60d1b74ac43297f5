import type { Db, LocalSite, MemberRole } from '@catraca/db';
import type { Logger } from './logger.ts';

/** A signed-in person, in the one organization and role this request acts for. */
export interface Member {
  userId: string;
  name: string;
  organizationId: string;
  role: MemberRole;
}

/** What every procedure may use. Built once a request by the web app, and by tests with real parts. */
export interface ApiContext {
  db: Db;
  site: LocalSite;
  /** The request's instant: one value for all that it decides. */
  now: Date;
  member: Member | null;
  log: Logger;
}
