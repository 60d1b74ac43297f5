export {
  writeApprovedMail,
  writeAskedMail,
  writeInvitedMail,
  writeReceivedMail,
  writeRejectedMail,
  type ToldApplication,
} from './mail/accreditation-mail.ts';
export { code128QuietModules, code128Shape } from './codes/code128.ts';
export { qrQuietModules, qrShape } from './codes/qr.ts';
export type { CodeShape } from './codes/shape.ts';
export {
  writePaidMail,
  writeRefundedMail,
  type Mail,
  type MailTicket,
  type PaidOrder,
  type RefundedOrder,
} from './mail/order-mail.ts';
export {
  writeExchangeMail,
  writePassMail,
  type ExchangeLetter,
  type PassLetter,
} from './mail/pass-mail.ts';
export { renderBadgesPdf, type Badge, type PrintedBadges } from './pdf/badges-pdf.ts';
export { missingLetters } from './pdf/missing-letters.ts';
export { writeInvitationMail, writePasswordResetMail } from './mail/staff-mail.ts';
export { renderTicketsPdf, type TicketsPdf } from './pdf/tickets-pdf.ts';
export { dateRange, dayLines } from './words/days.ts';
export { wordsOf, type RefundReason, type Words } from './words/words.ts';
export type { Locale, Seat, Ticket, TicketEvent } from './ticket.ts';
