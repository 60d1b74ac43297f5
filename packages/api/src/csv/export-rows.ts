import { exportOrders as readOrders, exportPasses as readPasses } from '@catraca/db';
import { minorDigits } from '@catraca/domain';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { rowIdInput } from '../row-id.ts';
import { memberProcedure } from '../trpc.ts';
import { csvLines } from './write-csv.ts';

/** Rows of a piece: so many people are in memory at once, however large the export is. */
const rowsPerPiece = 2_000;

/** `after`: the `cursor` of the piece before. */
const pieceInput = ownEventInput.extend({ after: rowIdInput.nullable().default(null) });

const orderHeader = [
  ...['reference', 'state', 'ordered_at', 'paid_at', 'buyer_name', 'buyer_email', 'units'],
  ...['total', 'paid', 'refunded', 'currency'],
];
const passHeader = [
  ...['pass', 'kind', 'status', 'type', 'section', 'row', 'seat', 'holder_name', 'holder_email'],
  ...['order', 'issued_at', 'confirmed_at'],
];

/** A piece of the event's orders as CSV; the first has the header. Times are UTC, amounts in units of the currency. */
export const exportOrders = memberProcedure.input(pieceInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const page = { eventId: event.id, after: input.after, limit: rowsPerPiece };
  const rows = await readOrders(ctx.db, page);
  const lines = rows.map((row) => [
    ...[row.reference, row.state, isoOf(row.createdAt), isoOf(row.paidAt)],
    ...[row.buyerName, row.buyerEmail, row.units],
    ...[row.totalMinor, row.paidMinor, row.refundedMinor].map((minor) =>
      unitsOf(minor, row.currency),
    ),
    row.currency,
  ]);
  return pieceOf(rows, input.after === null ? [orderHeader, ...lines] : lines);
});

/** A piece of the event's passes as CSV; the first has the header. No codes are in it: they open the gate. */
export const exportPasses = memberProcedure.input(pieceInput).query(async ({ ctx, input }) => {
  const event = await ownEvent(ctx, input);
  const page = { eventId: event.id, after: input.after, limit: rowsPerPiece };
  const rows = await readPasses(ctx.db, page);
  const lines = rows.map((row) => [
    ...[row.publicId, row.kind, row.status, row.typeName.en],
    ...[row.section, row.row, row.number, row.holderName, row.holderEmail],
    ...[row.orderReference, isoOf(row.createdAt), isoOf(row.confirmedAt)],
  ]);
  return pieceOf(rows, input.after === null ? [passHeader, ...lines] : lines);
});

function pieceOf(rows: readonly { id: bigint }[], lines: Parameters<typeof csvLines>[0]) {
  const last = rows.length === rowsPerPiece ? rows.at(-1) : undefined;
  return { text: csvLines(lines), cursor: last ? String(last.id) : null };
}

function isoOf(at: Date | null): string | null {
  return at && at.toISOString();
}

function unitsOf(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  return (minor / 10 ** digits).toFixed(digits);
}
