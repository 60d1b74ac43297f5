import type { DbOrTx } from '../../client.ts';
import { at } from '../../commands/ids.ts';
import { localDate, makeAreas, makeCheckpoints, makeEvent, makeType } from '../factories/index.ts';
import { demoDaysAhead, zineNightSlug } from './organization.ts';

const timeZone = 'America/Sao_Paulo';

/** A small event some weeks ahead, with a free ticket among its types. Nothing of it is sold yet. */
export async function makeZineNight(db: DbOrTx, organizationId: string, now: Date): Promise<void> {
  const event = await makeEvent(
    db,
    {
      organizationId,
      slug: zineNightSlug,
      name: 'Noite dos Zines',
      tagline: {
        en: 'One night, sixty tables, a stapler on each',
        'pt-br': 'Uma noite, sessenta mesas, um grampeador em cada',
        es: 'Una noche, sesenta mesas, una engrapadora en cada una',
      },
      description: {
        en: 'Small presses and first issues, printed that very evening. Bring paper.',
        'pt-br': 'Pequenas editoras e primeiros números, impressos na mesma noite. Traga papel.',
        es: 'Pequeñas editoriales y primeros números, impresos esa misma noche. Trae papel.',
      },
      venueName: 'Galpão do Cais 4',
      venueAddress: 'Cais 4, Porto das Nuvens',
      timeZone,
      currency: 'BRL',
      look: { posterPath: null, accent: '#ff5a36', ink: '#1a0d08' },
      dates: [localDate(now, timeZone, demoDaysAhead[zineNightSlug])],
    },
    now,
  );
  const [shed = 0n] = await makeAreas(db, event.id, [{ no: 1, name: 'Shed', capacity: 350 }]);
  await makeCheckpoints(db, event.id, [
    {
      no: 1,
      name: 'Shed door',
      fromAreaId: event.outsideAreaId,
      toAreaId: shed,
      directions: 'both',
      x: 0,
      y: 0,
    },
  ]);
  const day = at(event.days, 0);
  const opens = [{ areaId: shed, startsAt: new Date(day.startsAt), endsAt: new Date(day.endsAt) }];
  await makeType(db, event.id, {
    name: { en: 'Entry', 'pt-br': 'Entrada', es: 'Entrada' },
    description: {
      en: 'In and out all night.',
      'pt-br': 'Entre e saia a noite toda.',
      es: 'Entra y sal toda la noche.',
    },
    colour: '#ff5a36',
    policy: { kind: 'reentry' },
    units: 280,
    priceMinor: 3_500,
    feeMinor: 350,
    opens,
  });
  await makeType(db, event.id, {
    name: { en: 'Student', 'pt-br': 'Estudante', es: 'Estudiante' },
    description: {
      en: 'Free. Bring your student card.',
      'pt-br': 'Grátis. Traga a carteirinha.',
      es: 'Gratis. Trae tu carné de estudiante.',
    },
    colour: '#2f7fb0',
    policy: { kind: 'once' },
    units: 70,
    unitsPerOrderMax: 2,
    opens,
  });
}
