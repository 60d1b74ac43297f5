import { findOwnPass, findPassByCode, holdKeysOf, readPassHistory } from '@catraca/db';
import { type Command, CommandError } from '../lib/command.ts';
import { masterKeyOf } from '../lib/secrets.ts';

export const showPassCommand: Command = {
  name: 'pass show',
  usage: 'CODE',
  summary: 'Show the pass that a barcode number or QR text belongs to, and what happened to it.',
  async run([code], { db, secrets }) {
    if (!code) throw new CommandError('Which code? pass show CODE');
    await holdKeysOf(db, masterKeyOf(secrets));
    const found = await findPassByCode(db, code);
    if (!found) throw new CommandError('No pass of this site has this code.');
    const { pass, event } = found;
    const details = await findOwnPass(db, pass.eventId, pass.publicId);
    if (!details) throw new CommandError('The pass was removed meanwhile.');
    const { scans, changes } = await readPassHistory(db, pass, null);

    const { seat } = details;
    console.log(`Pass ${pass.id}: ${pass.kind}, ${pass.status}`);
    console.log(`  event    ${event.name} (${event.slug})`);
    console.log(`  type     ${details.typeName}`);
    if (seat) console.log(`  seat     ${seat.section} ${seat.row} ${seat.number}`);
    if (details.order) console.log(`  order    ${details.order.reference}`);
    for (const { no, kind, state } of details.media)
      console.log(`  medium   ${no}: ${kind}, ${state}`);
    for (const change of changes)
      console.log(`  change   ${change.at.toISOString()} ${change.kind}`);
    for (const scan of scans) {
      console.log(`  scan     ${scan.at.toISOString()} ${scan.verdict} at ${scan.checkpointName}`);
    }
  },
};
