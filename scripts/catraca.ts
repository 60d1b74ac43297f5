/** npm run catraca: what the operator of an installation does from a terminal. */
import { openDb } from '@catraca/db';
import { enrolDeviceCommand } from './commands/enrol-device.ts';
import { migrateCommand } from './commands/migrate.ts';
import { rotateKeysCommand, rotatePersonalKeyCommand } from './commands/rotate-keys.ts';
import { resetFactorsCommand } from './commands/reset-factors.ts';
import { seedCommand } from './commands/seed.ts';
import { showPassCommand } from './commands/show-pass.ts';
import { pairVenueCommand, shareEventCommand } from './commands/venue.ts';
import { type Command, CommandError } from './lib/command.ts';
import { openDatabase } from './lib/database.ts';
import { loadSecrets } from './lib/secrets.ts';

const commands: Command[] = [
  migrateCommand,
  seedCommand,
  enrolDeviceCommand,
  rotateKeysCommand,
  rotatePersonalKeyCommand,
  resetFactorsCommand,
  showPassCommand,
  pairVenueCommand,
  shareEventCommand,
];

function help(): string {
  const lines = commands.map(
    ({ name, usage, summary }) => `  ${`${name} ${usage}`.trim()}\n      ${summary}`,
  );
  return `npm run catraca -- COMMAND\n\n${lines.join('\n\n')}

The database is that of DATABASE_URL, or the one that npm start keeps in .data (or CATRACA_DATA).`;
}

/** A command's name is one word or two. */
function find(words: string[]): { command: Command; args: string[] } | undefined {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = commands.find((known) => known.name === name);
    if (command) return { command, args: words.slice(length) };
  }
  return undefined;
}

async function run(command: Command, args: string[]): Promise<void> {
  const database = await openDatabase();
  const db = openDb(database.url, { connections: 2, name: 'catraca-command' });
  try {
    const context = { db, databaseUrl: database.url, secrets: loadSecrets(), now: new Date() };
    await command.run(args, context);
  } finally {
    await db.$client.end();
    await database.release();
  }
}

/** The operator's, not ours: an argument that does not exist, or a thing that does not. */
function isMistake(error: unknown): error is Error {
  if (error instanceof CommandError) return true;
  return (
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  );
}

const words = process.argv.slice(2);
const found = find(words);
if (found) {
  try {
    await run(found.command, found.args);
  } catch (error) {
    if (!isMistake(error)) throw error;
    console.error(`${error.message}\n\nusage: ${found.command.name} ${found.command.usage}`);
    process.exitCode = 1;
  }
} else {
  console.log(help());
  // Asking for help is no mistake; a word that is no command is one.
  if (words.length > 0 && words[0] !== 'help') process.exitCode = 1;
}
