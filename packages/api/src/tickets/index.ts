export { documentTicket, daysOf, printTickets } from './document-ticket.ts';
export { jwksOf } from './jwks.ts';
export { printOrder, printTicket } from './print.ts';
export { getSigningKey, ticketUrl } from './ticket-link.ts';
