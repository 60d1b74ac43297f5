import { prepareSite } from '../lib/prepare-site.ts';
import type { Command } from '../lib/command.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  summary: "Bring the database to this version's schema.",
  async run(_args, { databaseUrl, secrets }) {
    await prepareSite(databaseUrl, secrets);
    console.log('The database is up to date.');
  },
};
