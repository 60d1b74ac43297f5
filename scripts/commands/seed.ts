import { seedDemo } from '@catraca/db/seed';
import { type Command, CommandError } from '../lib/command.ts';
import { prepareSite } from '../lib/prepare-site.ts';
import { masterKeyOf } from '../lib/secrets.ts';

export const seedCommand: Command = {
  name: 'seed',
  usage: '',
  summary: 'Load the demo: a convention with its staff, devices and 20,000 tickets sold.',
  async run(_args, { db, databaseUrl, secrets, now }) {
    await prepareSite(databaseUrl, secrets);
    const seeded = await seedDemo(db, { now, masterKey: masterKeyOf(secrets) });
    if (!seeded.ok) throw new CommandError(refusals[seeded.code]);
    console.log(`The demo is loaded: ${seeded.eventSlug}, with ${seeded.tickets} tickets sold.`);
  },
};

const refusals = {
  already_seeded: 'The demo is here already; nothing was changed.',
  wrong_master_key: 'CATRACA_MASTER_KEY is not the one that this database was set up with.',
};
