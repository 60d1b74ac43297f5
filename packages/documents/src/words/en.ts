import type { Words } from './words.ts';

export const en: Words = {
  languageTag: 'en-GB',
  pdf: {
    title: (event) => `Tickets for ${event}`,
    holder: 'Holder',
    type: 'Ticket',
    seat: 'Seat',
    validOn: 'Valid on',
    whereToGoIn: 'Where to go in',
    atTheGate: 'At the gate',
    gateSteps: [
      'Have this page, or the ticket on your phone, ready before you reach the gate.',
      'Hold the square code flat in front of the reader.',
      'Green: walk in. Any other colour: the staff beside the gate will help you.',
    ],
    keepPrivate: 'This code is the ticket',
    keepPrivateWhy:
      'Do not post it or pass it on: whoever shows it first goes in, and every copy after that is refused.',
    order: 'Order',
    ticketOf: (no, count) => `Ticket ${no} of ${count}`,
    fold: 'Fold here',
    localTime: 'All times are local to the venue.',
  },
  seatText: (seat) => `${seat.section} · Row ${seat.row} · Seat ${seat.number}`,
  policyText: (policy) => {
    switch (policy.kind) {
      case 'once':
        return 'Admits once. If you leave, you cannot come back in with it.';
      case 'once_per_day':
        return 'Admits once on each day it is valid.';
      case 'reentry':
        return 'You may leave and come back: have it read on the way out too.';
      case 'n_times':
        return `Admits ${policy.n} times in all. Have it read on the way out too.`;
      case 'unlimited':
        return 'Admits as often as you need.';
    }
  },
  mail: {
    greeting: (name) => `Hello ${name},`,
    keepLink: 'These links open your tickets without a password. Keep this message to yourself.',
    footer: (event) => `You received this message because you ordered tickets for ${event}.`,
    orderLine: (reference, total) => `Order ${reference} · ${total}`,
    paid: {
      subject: (event) => `Your tickets for ${event}`,
      intro: (count, event) =>
        count === 1
          ? `Your ticket for ${event} is here.`
          : `Your ${count} tickets for ${event} are here.`,
      open: 'Open your tickets',
      attached:
        'They are attached as a PDF to print. On a phone, open a ticket once while you have a signal: after that it also shows with none.',
      ticketLink: 'Show the code',
      fileName: 'tickets',
    },
    refunded: {
      subject: (event) => `Your money back for ${event}`,
      why: {
        hold_expired: (event) =>
          `Your payment for ${event} reached us after the time to pay had run out, and the tickets had gone to someone else. We are sorry: there are no tickets in this order.`,
        over_limit: (event) =>
          `Your payment for ${event} was made with a card that has already bought as many tickets as one card may. There are no tickets in this order, and the money goes back to you.`,
        paid_twice: (event) =>
          `Your order for ${event} was paid twice. Your tickets stay valid; the second payment goes back to you.`,
        wrong_amount: (event) =>
          `The payment for your order for ${event} was not the amount of the order. No tickets were bought with it.`,
        requested: (event) =>
          `Your order for ${event} was refunded. Its tickets no longer open the gate.`,
      },
      amount: (amount) => `We are returning ${amount} to the way you paid.`,
      when: 'Banks usually show it within five to ten working days.',
      open: 'See the order',
    },
  },
};
