import type { Locale } from '../ticket.ts';

/** What is written to those who apply for a credential, and to those who bring them. */
export interface AccreditationWords {
  readonly footer: (event: string) => string;
  readonly applied: string;
  readonly as: (type: string) => string;
  readonly forDelegation: (delegation: string) => string;
  readonly view: string;
  readonly invited: {
    readonly subject: (event: string) => string;
    readonly intro: (delegation: string, event: string) => string;
    readonly places: string;
    readonly open: string;
    readonly keep: string;
  };
  readonly received: {
    readonly subject: (event: string) => string;
    readonly intro: (person: string) => string;
    readonly next: string;
  };
  readonly asked: {
    readonly subject: (event: string) => string;
    readonly intro: (person: string) => string;
    readonly open: string;
  };
  readonly approved: {
    readonly subject: (event: string) => string;
    readonly intro: (person: string) => string;
    readonly open: string;
    readonly pickUp: string;
  };
  readonly rejected: {
    readonly subject: (event: string) => string;
    readonly intro: (person: string) => string;
  };
}

const en: AccreditationWords = {
  footer: (event) => `You received this message because of an accreditation for ${event}.`,
  applied: 'Applied for',
  as: (type) => `as ${type}`,
  forDelegation: (delegation) => `for ${delegation}`,
  view: 'See the application',
  invited: {
    subject: (event) => `Accredit your people for ${event}`,
    intro: (delegation, event) =>
      `${delegation} can now apply for the credentials of its people at ${event}. Add them one by one: we check each and write to you.`,
    places: 'Your places',
    open: 'Add people',
    keep: 'Whoever has this link can add people in your name. An older link no longer works.',
  },
  received: {
    subject: (event) => `We have your application for ${event}`,
    intro: (person) => `The application of ${person} has arrived.`,
    next: 'We look at it and write again. Until then you can change it or take it back.',
  },
  asked: {
    subject: (event) => `Something is missing in an application for ${event}`,
    intro: (person) => `Before we can decide on the application of ${person}, please mend this:`,
    open: 'Mend the application',
  },
  approved: {
    subject: (event) => `Approved: credential for ${event}`,
    intro: (person) => `${person} is accredited. The code of the credential opens the entrances.`,
    open: 'Show the credential',
    pickUp:
      'Bring it, and a document with a photo, to the pick-up desk: the badge is handed over there.',
  },
  rejected: {
    subject: (event) => `About an application for ${event}`,
    intro: (person) => `We cannot accredit ${person}.`,
  },
};

const ptBr: AccreditationWords = {
  footer: (event) => `Você recebeu esta mensagem por causa de um credenciamento para ${event}.`,
  applied: 'Pedido feito para',
  as: (type) => `como ${type}`,
  forDelegation: (delegation) => `por ${delegation}`,
  view: 'Ver o pedido',
  invited: {
    subject: (event) => `Credencie sua equipe para ${event}`,
    intro: (delegation, event) =>
      `${delegation} já pode pedir as credenciais da sua equipe em ${event}. Inclua uma pessoa por vez: conferimos cada pedido e escrevemos para você.`,
    places: 'Suas vagas',
    open: 'Incluir pessoas',
    keep: 'Quem tem este link pode incluir pessoas em seu nome. Um link anterior não funciona mais.',
  },
  received: {
    subject: (event) => `Recebemos seu pedido para ${event}`,
    intro: (person) => `O pedido de ${person} chegou.`,
    next: 'Vamos conferir e escrever de novo. Até lá, você pode alterar ou retirar o pedido.',
  },
  asked: {
    subject: (event) => `Falta algo em um pedido para ${event}`,
    intro: (person) => `Antes de decidirmos sobre o pedido de ${person}, corrija isto:`,
    open: 'Corrigir o pedido',
  },
  approved: {
    subject: (event) => `Aprovado: credencial para ${event}`,
    intro: (person) =>
      `O credenciamento de ${person} foi aprovado. O código da credencial abre as entradas.`,
    open: 'Mostrar a credencial',
    pickUp: 'Leve o código e um documento com foto ao balcão de retirada: o crachá é entregue lá.',
  },
  rejected: {
    subject: (event) => `Sobre um pedido para ${event}`,
    intro: (person) => `Não podemos credenciar ${person}.`,
  },
};

const es: AccreditationWords = {
  footer: (event) => `Recibes este mensaje por una acreditación para ${event}.`,
  applied: 'Solicitud para',
  as: (type) => `como ${type}`,
  forDelegation: (delegation) => `por ${delegation}`,
  view: 'Ver la solicitud',
  invited: {
    subject: (event) => `Acredita a tu equipo para ${event}`,
    intro: (delegation, event) =>
      `${delegation} ya puede solicitar las acreditaciones de su equipo en ${event}. Añade a las personas una a una: revisamos cada solicitud y te escribimos.`,
    places: 'Tus plazas',
    open: 'Añadir personas',
    keep: 'Quien tenga este enlace puede añadir personas en tu nombre. Un enlace anterior ya no funciona.',
  },
  received: {
    subject: (event) => `Recibimos tu solicitud para ${event}`,
    intro: (person) => `La solicitud de ${person} ha llegado.`,
    next: 'La revisamos y te escribimos de nuevo. Hasta entonces puedes cambiarla o retirarla.',
  },
  asked: {
    subject: (event) => `Falta algo en una solicitud para ${event}`,
    intro: (person) => `Antes de decidir sobre la solicitud de ${person}, corrige esto:`,
    open: 'Corregir la solicitud',
  },
  approved: {
    subject: (event) => `Aprobada: acreditación para ${event}`,
    intro: (person) => `La acreditación de ${person} está aprobada. Su código abre las entradas.`,
    open: 'Mostrar la acreditación',
    pickUp: 'Lleva el código y un documento con foto al mostrador: allí se entrega la credencial.',
  },
  rejected: {
    subject: (event) => `Sobre una solicitud para ${event}`,
    intro: (person) => `No podemos acreditar a ${person}.`,
  },
};

const catalogue: Readonly<Record<Locale, AccreditationWords>> = { en, 'pt-br': ptBr, es };

export function accreditationWordsOf(locale: Locale): AccreditationWords {
  return catalogue[locale];
}
