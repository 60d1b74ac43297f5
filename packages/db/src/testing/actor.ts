import type { Actor } from '../commands/audit/write-audit.ts';

/** Who does things in tests of commands. */
export const testActor: Actor = {
  ...{ organizationId: 'organization', kind: 'member', id: 'user' },
  ...{ address: null, userAgent: null },
};
