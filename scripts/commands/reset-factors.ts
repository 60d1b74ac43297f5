import { atTheTerminal, findMembershipsByEmail, memberRoles, resetFactors } from '@catraca/db';
import { type Command, CommandError } from '../lib/command.ts';

export const resetFactorsCommand: Command = {
  name: 'member reset-factors',
  usage: 'EMAIL',
  summary:
    'Take the second factors of a member away who lost them, and sign them out: for an owner whom no other owner can help.',
  async run([email], { db, now }) {
    if (!email) throw new CommandError('Whose? member reset-factors EMAIL');
    const own = await findMembershipsByEmail(db, email.trim().toLowerCase());
    if (own.length === 0) throw new CommandError('No member has this e-mail.');
    for (const { organizationId, memberId } of own) {
      const which = { organizationId, memberId, within: memberRoles };
      const reset = await resetFactors(db, which, now, atTheTerminal(organizationId));
      if (!reset.ok) throw new CommandError(`Not reset: ${reset.code}.`);
    }
    console.log(
      'Their second factors are gone. They sign in with the password, and set up new ones.',
    );
  },
};
