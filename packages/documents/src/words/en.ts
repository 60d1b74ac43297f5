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
  seatText: (seat) =>
    seat.row === ''
      ? `${seat.section} · Seat ${seat.number}`
      : `${seat.section} · Row ${seat.row} · Seat ${seat.number}`,
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
    invited: {
      subject: (organization) => `Join ${organization}`,
      text: (organization) =>
        `${organization} invites you to work with Catraca. Open the link to choose your name and password.`,
      open: 'Join',
      note: 'The link is good for one week and for you alone. If you do not know what this is about, do nothing.',
    },
    reset: {
      subject: 'A new password',
      text: 'Somebody asked for a new password for your account. If it was you, open the link.',
      open: 'Set a new password',
      note: 'The link is good for half an hour. If it was not you, do nothing: your password stays.',
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
        part: (event) =>
          `A part of your order for ${event} was refunded. Tickets it was for no longer open the gate; all others stay valid.`,
      },
      amount: (amount) => `We are returning ${amount} to the way you paid.`,
      when: 'Banks usually show it within five to ten working days.',
      open: 'See the order',
    },
    pass: {
      footer: (event) =>
        `You received this message because there is a pass for ${event} with this address.`,
      sent: {
        subject: (event) => `Your pass for ${event}`,
        intro: (event) => `This pass for ${event} is yours. It is attached as a PDF to print.`,
        open: 'Open your pass',
      },
      transferred: {
        subject: (event) => `A pass for ${event} has another holder`,
        intro: (event) =>
          `The organizer gave this pass for ${event} to somebody else. The code you had no longer opens the gate. If you did not ask for this, answer the organizer today.`,
        open: 'See what it says now',
      },
      asked: {
        subject: (event) => `Please confirm that you come to ${event}`,
        intro: (event) =>
          `${event} is near. Please look whether your name is right, and tell us what we ask.`,
        open: 'Confirm',
        until: (time) => `You can do so until ${time}.`,
      },
      reminded: {
        subject: (event) => `Still to confirm: ${event}`,
        intro: (event) =>
          `We have not heard from you yet about your pass for ${event}. It takes a minute.`,
        open: 'Confirm',
      },
    },
    exchange: {
      subject: (event) => `Your other ticket for ${event}: pay the difference`,
      intro: (type, event) =>
        `We are keeping for you, in exchange for your ticket for ${event}: ${type}.`,
      due: (amount, until) =>
        `It is yours once ${amount} are paid, until ${until}. After that it goes back to the others.`,
      open: 'Pay the difference',
      stays: 'Your ticket stays as it is until then, and if you do nothing.',
    },
  },
};
