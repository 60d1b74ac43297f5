import type { Words } from './words.ts';

export const es: Words = {
  languageTag: 'es',
  pdf: {
    title: (event) => `Entradas para ${event}`,
    holder: 'Titular',
    type: 'Entrada',
    seat: 'Asiento',
    validOn: 'Válida el',
    whereToGoIn: 'Por dónde entrar',
    atTheGate: 'En el acceso',
    gateSteps: [
      'Ten a mano esta página, o la entrada en el móvil, antes de llegar al acceso.',
      'Acerca el código cuadrado al lector, bien plano.',
      'Verde: adelante. Cualquier otro color: el personal del acceso te ayuda.',
    ],
    keepPrivate: 'Este código es la entrada',
    keepPrivateWhy:
      'No lo publiques ni lo compartas: entra quien lo muestre primero, y toda copia posterior se rechaza.',
    order: 'Pedido',
    ticketOf: (no, count) => `Entrada ${no} de ${count}`,
    fold: 'Dobla por aquí',
    localTime: 'Todas las horas son las del recinto.',
  },
  seatText: (seat) =>
    seat.row === ''
      ? `${seat.section} · Asiento ${seat.number}`
      : `${seat.section} · Fila ${seat.row} · Asiento ${seat.number}`,
  policyText: (policy) => {
    switch (policy.kind) {
      case 'once':
        return 'Permite entrar una sola vez. Si sales, no podrás volver a entrar con ella.';
      case 'once_per_day':
        return 'Permite entrar una vez cada día en que es válida.';
      case 'reentry':
        return 'Puedes salir y volver a entrar: pásala por el lector también al salir.';
      case 'n_times':
        return `Permite entrar ${policy.n} veces en total. Pásala por el lector también al salir.`;
      case 'unlimited':
        return 'Permite entrar tantas veces como haga falta.';
    }
  },
  mail: {
    greeting: (name) => `Hola, ${name}:`,
    keepLink: 'Estos enlaces abren tus entradas sin contraseña. Guarda este mensaje solo para ti.',
    footer: (event) => `Recibes este mensaje porque compraste entradas para ${event}.`,
    orderLine: (reference, total) => `Pedido ${reference} · ${total}`,
    paid: {
      subject: (event) => `Tus entradas para ${event}`,
      intro: (count, event) =>
        count === 1
          ? `Aquí tienes tu entrada para ${event}.`
          : `Aquí tienes tus ${count} entradas para ${event}.`,
      open: 'Abrir mis entradas',
      attached:
        'Van adjuntas en PDF para imprimir. En el móvil, abre la entrada una vez con conexión: después se ve también sin ella.',
      ticketLink: 'Mostrar el código',
      fileName: 'entradas',
    },
    invited: {
      subject: (organization) => `Únete a ${organization}`,
      text: (organization) =>
        `${organization} te invita a trabajar con Catraca. Abre el enlace para elegir tu nombre y tu contraseña.`,
      open: 'Unirse',
      note: 'El enlace vale una semana y solo para ti. Si no sabes de qué se trata, no hagas nada.',
    },
    reset: {
      subject: 'Una contraseña nueva',
      text: 'Alguien pidió una contraseña nueva para tu cuenta. Si fuiste tú, abre el enlace.',
      open: 'Poner una contraseña nueva',
      note: 'El enlace vale media hora. Si no fuiste tú, no hagas nada: la contraseña sigue igual.',
    },
    refunded: {
      subject: (event) => `Tu reembolso de ${event}`,
      why: {
        hold_expired: (event) =>
          `Tu pago para ${event} llegó cuando el plazo ya había terminado y las entradas ya eran de otra persona. Lo sentimos: este pedido se quedó sin entradas.`,
        over_limit: (event) =>
          `El pago de tu pedido para ${event} se hizo con una tarjeta que ya compró el máximo de entradas que se permite por tarjeta. Este pedido se quedó sin entradas y te devolvemos el dinero.`,
        paid_twice: (event) =>
          `Tu pedido para ${event} se pagó dos veces. Tus entradas siguen siendo válidas; te devolvemos el segundo pago.`,
        wrong_amount: (event) =>
          `El pago de tu pedido para ${event} no fue por el importe del pedido. No se compró ninguna entrada con él.`,
        requested: (event) =>
          `Tu pedido para ${event} se reembolsó. Sus entradas ya no abren el acceso.`,
        part: (event) =>
          `Se reembolsó una parte de tu pedido para ${event}. Las entradas de esa parte ya no abren la puerta; las demás siguen siendo válidas.`,
      },
      amount: (amount) => `Te devolvemos ${amount} por el mismo medio de pago.`,
      when: 'El banco suele mostrarlo en un plazo de cinco a diez días hábiles.',
      open: 'Ver el pedido',
    },
    pass: {
      footer: (event) =>
        `Recibes este mensaje porque hay un pase para ${event} con esta dirección.`,
      sent: {
        subject: (event) => `Tu pase para ${event}`,
        intro: (event) => `Este pase para ${event} es tuyo. Va adjunto en PDF para imprimir.`,
        open: 'Abrir tu pase',
      },
      transferred: {
        subject: (event) => `Un pase para ${event} tiene otro titular`,
        intro: (event) =>
          `La organización dio este pase para ${event} a otra persona. El código que tenías ya no abre la puerta. Si no lo pediste, responde hoy a la organización.`,
        open: 'Ver cómo está ahora',
      },
      asked: {
        subject: (event) => `Confirma que vienes a ${event}`,
        intro: (event) =>
          `${event} está cerca. Mira si tu nombre es correcto y responde lo que preguntamos.`,
        open: 'Confirmar',
        until: (time) => `Puedes hacerlo hasta el ${time}.`,
      },
      reminded: {
        subject: (event) => `Falta confirmar: ${event}`,
        intro: (event) => `Aún no nos has confirmado tu pase para ${event}. Es un minuto.`,
        open: 'Confirmar',
      },
    },
    exchange: {
      subject: (event) => `Tu otra entrada para ${event}: paga la diferencia`,
      intro: (type, event) => `Te guardamos, a cambio de tu entrada para ${event}: ${type}.`,
      due: (amount, until) =>
        `Será tuya al pagar ${amount}, hasta el ${until}. Después vuelve a la venta.`,
      open: 'Pagar la diferencia',
      stays: 'Tu entrada sigue como está hasta entonces, y también si no haces nada.',
    },
  },
};
