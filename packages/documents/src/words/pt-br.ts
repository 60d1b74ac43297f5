import type { Words } from './words.ts';

export const ptBr: Words = {
  languageTag: 'pt-BR',
  pdf: {
    title: (event) => `Ingressos para ${event}`,
    holder: 'Titular',
    type: 'Ingresso',
    seat: 'Lugar',
    validOn: 'Válido em',
    whereToGoIn: 'Por onde entrar',
    atTheGate: 'Na catraca',
    gateSteps: [
      'Deixe esta página, ou o ingresso no celular, à mão antes de chegar à catraca.',
      'Aproxime o código quadrado do leitor, sem dobrar.',
      'Verde: pode entrar. Qualquer outra cor: a equipe da portaria ajuda você.',
    ],
    keepPrivate: 'Este código é o ingresso',
    keepPrivateWhy:
      'Não publique nem repasse: quem mostrar primeiro entra, e toda cópia depois disso é recusada.',
    order: 'Pedido',
    ticketOf: (no, count) => `Ingresso ${no} de ${count}`,
    fold: 'Dobre aqui',
    localTime: 'Todos os horários são os do local do evento.',
  },
  seatText: (seat) =>
    seat.row === ''
      ? `${seat.section} · Lugar ${seat.number}`
      : `${seat.section} · Fila ${seat.row} · Lugar ${seat.number}`,
  policyText: (policy) => {
    switch (policy.kind) {
      case 'once':
        return 'Vale para uma única entrada. Se sair, não é possível voltar com ele.';
      case 'once_per_day':
        return 'Vale para uma entrada em cada dia em que é válido.';
      case 'reentry':
        return 'Você pode sair e voltar: passe o ingresso na catraca também na saída.';
      case 'n_times':
        return `Vale para ${policy.n} entradas ao todo. Passe na catraca também na saída.`;
      case 'unlimited':
        return 'Vale para quantas entradas forem necessárias.';
    }
  },
  mail: {
    greeting: (name) => `Olá, ${name}!`,
    keepLink: 'Estes links abrem seus ingressos sem senha. Guarde esta mensagem só para você.',
    footer: (event) => `Você recebeu esta mensagem porque comprou ingressos para ${event}.`,
    orderLine: (reference, total) => `Pedido ${reference} · ${total}`,
    paid: {
      subject: (event) => `Seus ingressos para ${event}`,
      intro: (count, event) =>
        count === 1
          ? `Aqui está o seu ingresso para ${event}.`
          : `Aqui estão os seus ${count} ingressos para ${event}.`,
      open: 'Abrir meus ingressos',
      attached:
        'Eles seguem em anexo, em PDF, para imprimir. No celular, abra o ingresso uma vez com internet: depois disso ele aparece também sem sinal.',
      ticketLink: 'Mostrar o código',
      fileName: 'ingressos',
    },
    invited: {
      subject: (organization) => `Participe de ${organization}`,
      text: (organization) =>
        `${organization} convida você a trabalhar com a Catraca. Abra o link para escolher seu nome e sua senha.`,
      open: 'Participar',
      note: 'O link vale por uma semana e só para você. Se não souber do que se trata, não faça nada.',
    },
    reset: {
      subject: 'Uma senha nova',
      text: 'Alguém pediu uma senha nova para a sua conta. Se foi você, abra o link.',
      open: 'Definir uma senha nova',
      note: 'O link vale por meia hora. Se não foi você, não faça nada: a senha continua a mesma.',
    },
    refunded: {
      subject: (event) => `Seu reembolso de ${event}`,
      why: {
        hold_expired: (event) =>
          `Seu pagamento para ${event} chegou depois que o prazo terminou, e os ingressos já tinham ido para outra pessoa. Sentimos muito: este pedido ficou sem ingressos.`,
        over_limit: (event) =>
          `O pagamento do seu pedido para ${event} foi feito com um cartão que já comprou o máximo de ingressos permitido por cartão. Este pedido ficou sem ingressos, e o dinheiro volta para você.`,
        paid_twice: (event) =>
          `Seu pedido para ${event} foi pago duas vezes. Seus ingressos continuam válidos; o segundo pagamento volta para você.`,
        wrong_amount: (event) =>
          `O pagamento do seu pedido para ${event} não foi do valor do pedido. Nenhum ingresso foi comprado com ele.`,
        requested: (event) =>
          `Seu pedido para ${event} foi reembolsado. Os ingressos dele não abrem mais a catraca.`,
        part: (event) =>
          `Uma parte do seu pedido para ${event} foi reembolsada. Os ingressos dessa parte não abrem mais a entrada; os outros continuam válidos.`,
      },
      amount: (amount) => `Estamos devolvendo ${amount} pelo mesmo meio de pagamento.`,
      when: 'O banco costuma mostrar o valor em cinco a dez dias úteis.',
      open: 'Ver o pedido',
    },
    pass: {
      footer: (event) =>
        `Você recebeu esta mensagem porque há um ingresso para ${event} com este endereço.`,
      sent: {
        subject: (event) => `Seu ingresso para ${event}`,
        intro: (event) =>
          `Este ingresso para ${event} é seu. Ele está anexado em PDF para imprimir.`,
        open: 'Abrir seu ingresso',
      },
      transferred: {
        subject: (event) => `Um ingresso para ${event} tem outro portador`,
        intro: (event) =>
          `A organização deu este ingresso para ${event} a outra pessoa. O código que você tinha não abre mais a entrada. Se você não pediu isso, responda hoje à organização.`,
        open: 'Ver como está agora',
      },
      asked: {
        subject: (event) => `Confirme que você vem a ${event}`,
        intro: (event) =>
          `${event} está perto. Veja se o seu nome está certo e conte o que perguntamos.`,
        open: 'Confirmar',
        until: (time) => `Você pode fazer isso até ${time}.`,
      },
      reminded: {
        subject: (event) => `Falta confirmar: ${event}`,
        intro: (event) =>
          `Ainda não soubemos de você sobre o ingresso para ${event}. Leva um minuto.`,
        open: 'Confirmar',
      },
    },
    exchange: {
      subject: (event) => `Seu outro ingresso para ${event}: pague a diferença`,
      intro: (type, event) =>
        `Guardamos para você, em troca do seu ingresso para ${event}: ${type}.`,
      due: (amount, until) =>
        `É seu assim que ${amount} forem pagos, até ${until}. Depois volta à venda.`,
      open: 'Pagar a diferença',
      stays: 'Seu ingresso fica como está até lá, e também se você não fizer nada.',
    },
  },
};
