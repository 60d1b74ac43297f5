import {
  atTheTerminal,
  createSiteCode,
  findEventBySlug,
  getLocalSite,
  listVenues,
  shareEvent,
} from '@catraca/db';
import { parseArgs } from 'node:util';
import { type Command, CommandError, type Context } from '../lib/command.ts';

export const pairVenueCommand: Command = {
  name: 'venue pair',
  usage: '--name NAME --event SLUG',
  summary:
    'At the cloud: show a code that makes a machine a venue of the organization of that event.',
  async run(args, context) {
    const { values } = parseArgs({
      args,
      options: { name: { type: 'string' }, event: { type: 'string' } },
    });
    if (!values.name || !values.event) throw new CommandError('--name and --event are needed.');
    const { kind } = await getLocalSite(context.db);
    if (kind !== 'cloud') throw new CommandError('Venues are paired at the cloud.');
    const { organizationId } = await eventOf(values.event, context);
    const request = { organizationId, siteName: values.name, createdBy: null };
    const { code, expiresAt } = await createSiteCode(
      context.db,
      request,
      context.now,
      atTheTerminal(organizationId),
    );
    console.log(`The code, good until ${expiresAt.toISOString()}: ${code}`);
    console.log(
      `On the venue’s machine: npm start -- --site venue --cloud https://… --pair ${code}`,
    );
  },
};

export const shareEventCommand: Command = {
  name: 'venue share',
  usage: '--event SLUG --venue NUMBER',
  summary: 'At the cloud: share an event with a venue, which has all of it from then on.',
  async run(args, context) {
    const { values } = parseArgs({
      args,
      options: { event: { type: 'string' }, venue: { type: 'string' } },
    });
    const site = Number(values.venue);
    if (!values.event || !site) {
      const known = await listVenues(context.db);
      const list = known.map(({ number, name }) => `  ${number}  ${name}`).join('\n');
      throw new CommandError(`--event and --venue are needed. The venues:\n${list || '  none'}`);
    }
    const { id, organizationId } = await eventOf(values.event, context);
    const shared = await shareEvent(
      context.db,
      id,
      site,
      context.now,
      atTheTerminal(organizationId),
    );
    if (!shared.ok) throw new CommandError(`Not shared: ${shared.code}.`);
    console.log('It is shared. The worker writes down what it had before, and the venue takes it.');
  },
};

async function eventOf(slug: string, { db }: Context) {
  const event = await findEventBySlug(db, slug);
  if (!event) throw new CommandError(`There is no event ${slug}.`);
  return event;
}
