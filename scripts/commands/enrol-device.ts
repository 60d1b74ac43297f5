import {
  atTheTerminal,
  type DeviceRequest,
  enrolDevice,
  findEventBySlug,
  listCheckpoints,
} from '@catraca/db';
import { parseArgs } from 'node:util';
import { type Command, CommandError, type Context } from '../lib/command.ts';

const dayMs = 24 * 60 * 60 * 1000;

const kinds: readonly DeviceRequest['kind'][] = ['scanner', 'reader', 'desk', 'kiosk'];

export const enrolDeviceCommand: Command = {
  name: 'device enrol',
  usage:
    '--event SLUG --name NAME [--kind scanner|reader|desk|kiosk] [--checkpoint NO ...] [--days N]',
  summary:
    'Enrol a device and show its token, this once. Without --checkpoint it may scan at all of them.',
  async run(args, context) {
    const { values } = parseArgs({
      args,
      options: {
        event: { type: 'string' },
        name: { type: 'string' },
        kind: { type: 'string', default: 'reader' },
        checkpoint: { type: 'string', multiple: true },
        days: { type: 'string', default: '30' },
      },
    });
    const kind = kinds.find((known) => known === values.kind);
    const days = Number(values.days);
    if (!values.event || !values.name) throw new CommandError('--event and --name are needed.');
    if (!kind) throw new CommandError(`--kind is one of ${kinds.join(', ')}.`);
    if (!(days > 0)) throw new CommandError('--days is a number above 0.');

    const { id: eventId, organizationId } = await eventOf(values.event, context);
    const checkpointIds = await checkpointIdsOf(eventId, values.checkpoint, context);
    const expiresAt = new Date(context.now.getTime() + days * dayMs);
    const request = { eventId, name: values.name, kind, checkpointIds, expiresAt };
    const enrolled = await enrolDevice(
      context.db,
      request,
      context.now,
      atTheTerminal(organizationId),
    );
    if (!enrolled.ok) throw new CommandError(`Not enrolled: ${enrolled.code}.`);
    console.log(`Device ${enrolled.device.id} is enrolled until ${expiresAt.toISOString()}.`);
    console.log(`Its token, shown this once: ${enrolled.token}`);
  },
};

async function eventOf(slug: string, { db }: Context) {
  const event = await findEventBySlug(db, slug);
  if (!event) throw new CommandError(`There is no event ${slug}.`);
  return event;
}

async function checkpointIdsOf(
  eventId: bigint,
  numbers: string[] | undefined,
  { db }: Context,
): Promise<bigint[] | null> {
  if (!numbers) return null;
  const known = await listCheckpoints(db, eventId);
  return numbers.map((no) => {
    const found = known.find((checkpoint) => String(checkpoint.no) === no);
    if (found) return found.id;
    const list = known.map((checkpoint) => `  ${checkpoint.no}  ${checkpoint.name}`).join('\n');
    throw new CommandError(`The event has no checkpoint ${no}. It has:\n${list}`);
  });
}
