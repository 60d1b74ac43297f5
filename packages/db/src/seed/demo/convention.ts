import type { DbOrTx } from '../../client.ts';
import { venuePlans } from '../../schema/index.ts';
import { at } from '../../commands/ids.ts';
import {
  localDate,
  makeAreas,
  makeCheckpoints,
  makeEvent,
  type EventDraft,
  type MadeEvent,
} from '../factories/index.ts';
import { drawPlan } from './draw-plan.ts';
import { demoDaysAhead, demoSlug } from './organization.ts';
import { demoAreas, demoCheckpoints, planSize, type DemoArea } from './venue.ts';

const timeZone = 'America/Sao_Paulo';
const dayCount = 3;

const words: EventDraft = {
  slug: demoSlug,
  name: 'Papagaio Elétrico',
  tagline: {
    en: 'Three loud days of comics',
    'pt-br': 'Três dias de quadrinhos no volume máximo',
    es: 'Tres días de historietas a todo volumen',
  },
  description: {
    en: `When the storm knocked out the lights of Porto das Nuvens, a parrot landed on the last live wire and began to tell stories. The city has met around it every year since.

Four hundred artists at their tables, a hall of publishers and game makers, a stage for two thousand people, drawing classes for all ages, and food from every street of the harbour. Come in costume or come as you are.`,
    'pt-br': `Quando a tempestade apagou Porto das Nuvens, um papagaio pousou no último fio com corrente e começou a contar histórias. Desde então a cidade se reúne em volta dele, todos os anos.

Quatrocentos artistas em suas mesas, um pavilhão de editoras e estúdios de jogos, um palco para duas mil pessoas, oficinas de desenho para todas as idades e a comida de cada rua do porto. Venha fantasiado ou como você é.`,
    es: `Cuando la tormenta dejó a oscuras Porto das Nuvens, un papagayo se posó en el último cable con corriente y empezó a contar historias. Desde entonces la ciudad se reúne a su alrededor, todos los años.

Cuatrocientos artistas en sus mesas, un pabellón de editoriales y estudios de juegos, un escenario para dos mil personas, talleres de dibujo para todas las edades y la comida de cada calle del puerto. Ven disfrazado o ven como eres.`,
  },
  venueName: 'Pavilhão Porto das Nuvens',
  venueAddress: 'Avenida do Farol, 1000, Porto das Nuvens',
  timeZone,
  currency: 'BRL',
  look: { posterPath: '/demo/poster.svg', accent: '#ffd400', ink: '#16130a' },
  holdTtlSeconds: 600,
  unitsPerBuyerMax: 10,
  unitsPerCardMax: 20,
  unitsPerNetworkMax: 40,
};

export interface Convention extends MadeEvent {
  areaIds: Record<DemoArea, bigint>;
  /** In the order of `demoCheckpoints`. */
  checkpointIds: bigint[];
}

/** A comic convention whose first day is today, all day, so that its gates are open whenever it is started. */
export async function makeConvention(
  db: DbOrTx,
  organizationId: string,
  now: Date,
): Promise<Convention> {
  const dates = Array.from({ length: dayCount }, (_, day) =>
    localDate(now, timeZone, demoDaysAhead[demoSlug] + day),
  );
  const event = await makeEvent(db, { ...words, organizationId, dates }, now);
  const areaIds = await makeDemoAreas(db, event.id);
  const idOf = (area: DemoArea | 'outside') =>
    area === 'outside' ? event.outsideAreaId : areaIds[area];
  const checkpointIds = await makeCheckpoints(
    db,
    event.id,
    demoCheckpoints.map(({ from, to, ...checkpoint }, index) => ({
      ...checkpoint,
      no: index + 1,
      fromAreaId: idOf(from),
      toAreaId: idOf(to),
    })),
  );
  await db.insert(venuePlans).values({ eventId: event.id, svg: drawPlan(), ...planSize });
  return { ...event, areaIds, checkpointIds };
}

async function makeDemoAreas(db: DbOrTx, eventId: bigint): Promise<Record<DemoArea, bigint>> {
  const names = Object.keys(demoAreas) as DemoArea[];
  const ids = await makeAreas(
    db,
    eventId,
    names.map((name) => demoAreas[name]),
  );
  const entries = names.map((name, index) => [name, at(ids, index)]);
  return Object.fromEntries(entries) as Record<DemoArea, bigint>;
}
