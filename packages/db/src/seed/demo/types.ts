import type { DbOrTx } from '../../client.ts';
import { at } from '../../commands/ids.ts';
import { makeType, type MadeType, type TypeDraft } from '../factories/index.ts';
import { auditoriumSeats } from './auditorium.ts';
import type { Convention } from './convention.ts';
import type { DemoArea } from './venue.ts';

const dayMs = 86_400_000;
/** Tickets have been on sale for so long. */
export const saleDays = 90;

const publicAreas = ['plaza', 'exhibition', 'alley', 'food'] as const;

/** The areas a type opens, each on some of the days. */
type Opening = [areas: readonly DemoArea[], days: number[]];

const everyDay = [1, 2, 3];

interface DemoType {
  draft: TypeDraft;
  opens: Opening[];
  /** Building up and taking down: the windows reach a day beyond the event. */
  aroundTheClock?: boolean;
}

const tickets = {
  oneDay: {
    draft: {
      name: { en: 'One day', 'pt-br': 'Um dia', es: 'Un día' },
      description: {
        en: 'In once, on the day you choose. Halls, artists and food.',
        'pt-br': 'Uma entrada, no dia que você escolher. Pavilhões, artistas e comida.',
        es: 'Una entrada, el día que elijas. Pabellones, artistas y comida.',
      },
      colour: '#0f62fe',
      policy: { kind: 'once' },
      units: 9000,
      priceMinor: 18_000,
      feeMinor: 1_800,
    },
    opens: [[publicAreas, everyDay]],
  },
  threeDays: {
    draft: {
      name: { en: 'Three days', 'pt-br': 'Três dias', es: 'Tres días' },
      description: {
        en: 'In once on each of the three days. Halls, artists and food.',
        'pt-br': 'Uma entrada em cada um dos três dias. Pavilhões, artistas e comida.',
        es: 'Una entrada en cada uno de los tres días. Pabellones, artistas y comida.',
      },
      colour: '#8a3ffc',
      policy: { kind: 'once_per_day' },
      units: 9000,
      priceMinor: 42_000,
      feeMinor: 4_200,
    },
    opens: [[publicAreas, everyDay]],
  },
  vip: {
    draft: {
      name: { en: 'VIP', 'pt-br': 'VIP', es: 'VIP' },
      description: {
        en: 'Come and go as you like, all three days, with the lounge and standing places in the main hall.',
        'pt-br':
          'Entre e saia quando quiser, nos três dias, com lounge e lugares em pé no palco principal.',
        es: 'Entra y sal cuando quieras, los tres días, con sala VIP y lugares de pie en el escenario principal.',
      },
      colour: '#b8860b',
      policy: { kind: 'reentry' },
      units: 1000,
      unitsPerOrderMax: 6,
      priceMinor: 129_000,
      feeMinor: 12_900,
    },
    opens: [[[...publicAreas, 'mainHall', 'vip'], everyDay]],
  },
  reserved: {
    draft: {
      name: {
        en: 'Main hall, reserved seat',
        'pt-br': 'Palco principal, lugar marcado',
        es: 'Escenario principal, asiento reservado',
      },
      description: {
        en: 'Your own seat at every show of the three days, and everything else to walk through in between.',
        'pt-br':
          'Seu lugar em todos os shows dos três dias, e todo o resto para percorrer entre um e outro.',
        es: 'Tu asiento en cada espectáculo de los tres días, y todo lo demás para recorrer entre uno y otro.',
      },
      colour: '#da1e28',
      policy: { kind: 'reentry' },
      unitsPerOrderMax: 8,
      priceMinor: 56_000,
      feeMinor: 5_600,
      seats: auditoriumSeats(),
    },
    opens: [[[...publicAreas, 'mainHall'], everyDay]],
  },
  child: {
    draft: {
      name: { en: 'Child under 12', 'pt-br': 'Criança até 12 anos', es: 'Menor de 12 años' },
      description: {
        en: 'All three days, with a grown-up who has a ticket.',
        'pt-br': 'Os três dias, com um adulto que tenha ingresso.',
        es: 'Los tres días, con un adulto que tenga entrada.',
      },
      colour: '#009d9a',
      policy: { kind: 'once_per_day' },
      units: 3000,
      unitsPerOrderMax: 6,
      priceMinor: 9_000,
      feeMinor: 900,
    },
    opens: [[publicAreas, everyDay]],
  },
  group: {
    draft: {
      name: { en: 'Group of five', 'pt-br': 'Grupo de cinco', es: 'Grupo de cinco' },
      description: {
        en: 'Five tickets in one, each for three visits whenever you like.',
        'pt-br': 'Cinco ingressos em um, cada um para três visitas quando quiser.',
        es: 'Cinco entradas en una, cada una para tres visitas cuando quieras.',
      },
      colour: '#198038',
      policy: { kind: 'n_times', n: 3 },
      units: 1000,
      priceMinor: 75_000,
      feeMinor: 7_500,
      passesPerUnit: 5,
      unitsPerOrderMax: 3,
    },
    opens: [[publicAreas, everyDay]],
  },
} satisfies Record<string, DemoType>;

const credentials = {
  staff: {
    draft: {
      kind: 'credential',
      name: { en: 'Staff', 'pt-br': 'Equipe', es: 'Personal' },
      description: {
        en: 'Everywhere, at any hour.',
        'pt-br': 'Em todo lugar, a qualquer hora.',
        es: 'En todas partes, a cualquier hora.',
      },
      colour: '#393939',
      policy: { kind: 'unlimited' },
    },
    opens: [[[...publicAreas, 'mainHall', 'vip', 'backstage'], everyDay]],
    aroundTheClock: true,
  },
  press: {
    draft: {
      kind: 'credential',
      name: { en: 'Press', 'pt-br': 'Imprensa', es: 'Prensa' },
      description: {
        en: 'All halls; backstage on the second day, the lounge on the third.',
        'pt-br': 'Todos os pavilhões; bastidores no segundo dia, lounge no terceiro.',
        es: 'Todos los pabellones; bastidores el segundo día, sala VIP el tercero.',
      },
      colour: '#ff832b',
      policy: { kind: 'reentry' },
    },
    opens: [
      [[...publicAreas, 'mainHall'], everyDay],
      [['backstage'], [2]],
      [['vip'], [3]],
    ],
  },
  exhibitor: {
    draft: {
      kind: 'credential',
      name: { en: 'Exhibitor', 'pt-br': 'Expositor', es: 'Expositor' },
      description: {
        en: 'The halls, from building up to taking down.',
        'pt-br': 'Os pavilhões, da montagem à desmontagem.',
        es: 'Los pabellones, desde el montaje hasta el desmontaje.',
      },
      colour: '#6f6f6f',
      policy: { kind: 'reentry' },
    },
    opens: [[publicAreas, everyDay]],
    aroundTheClock: true,
  },
} satisfies Record<string, DemoType>;

export type TicketName = keyof typeof tickets;
export type CredentialName = keyof typeof credentials;
export type DemoTypes = Record<TicketName | CredentialName, MadeType & { draft: TypeDraft }>;

/** Six ticket types and three credential types, with every entry policy among them. */
export async function makeDemoTypes(db: DbOrTx, event: Convention, now: Date): Promise<DemoTypes> {
  const made: [string, DemoTypes[TicketName]][] = [];
  for (const [name, type] of Object.entries<DemoType>({ ...tickets, ...credentials })) {
    const sale =
      type.draft.kind === 'credential'
        ? {}
        : {
            saleStartsAt: new Date(now.getTime() - saleDays * dayMs),
            saleEndsAt: new Date(at(event.days, event.days.length - 1).endsAt),
          };
    const draft = { ...type.draft, ...sale, opens: windowsOf(event, type) };
    made.push([name, { ...(await makeType(db, event.id, draft)), draft }]);
  }
  return Object.fromEntries(made) as DemoTypes;
}

function windowsOf(event: Convention, type: DemoType): NonNullable<TypeDraft['opens']> {
  const slack = type.aroundTheClock ? dayMs : 0;
  const first = at(event.days, 0).startsAt - slack;
  const last = at(event.days, event.days.length - 1).endsAt + slack;
  return type.opens.flatMap(([areas, days]) =>
    areas.flatMap((area) => {
      const areaId = event.areaIds[area];
      const window = (from: number, to: number) => ({
        areaId,
        startsAt: new Date(from),
        endsAt: new Date(to),
      });
      if (type.aroundTheClock) return [window(first, last)];
      return days.map((no) =>
        window(at(event.days, no - 1).startsAt, at(event.days, no - 1).endsAt),
      );
    }),
  );
}
