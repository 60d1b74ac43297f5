import { mayCall, type Member, type ProcedurePath } from '@catraca/api';
import { findOwnEvent, listAudit, type AuditRow } from '@catraca/db';
import { error, type RequestEvent } from '@sveltejs/kit';
import { services } from './services.ts';

/** Rows that are read at a time: so many are in memory, however many there are. */
const step = 1_000;

const columns = [
  ...(['id', 'at', 'siteName', 'actorKind', 'actorId', 'actorName', 'action'] as const),
  ...(['subjectKind', 'subjectId', 'subjectName', 'eventName', 'before', 'after'] as const),
  ...(['address', 'userAgent'] as const),
] satisfies (keyof AuditRow)[];

/** The audit log as a file, written while it is read. `eventSlug` null: of the whole organization. */
export async function exportAudit(
  event: RequestEvent,
  eventSlug: string | null,
): Promise<Response> {
  const path: ProcedurePath = eventSlug === null ? 'audit.search' : 'audit.ofEvent';
  const member = requireCaller(event, path);
  const { db } = await services();
  const own = eventSlug === null ? null : await findOwnEvent(db, member.organizationId, eventSlug);
  if (own === undefined || (own && member.limits && !member.limits.has(own.id))) error(404);
  const query = event.url.searchParams;
  const wish = {
    ...{ organizationId: member.organizationId, eventId: own?.id ?? null },
    ...{ actorId: query.get('actor'), text: (query.get('text') ?? '').slice(0, 100) },
    actions: query.getAll('action').slice(0, 100),
    ...{ from: dateOf(query.get('from')), until: dateOf(query.get('until')) },
  };
  const isCsv = query.get('format') !== 'json';
  const readStep = (before: bigint | null) => listAudit(db, { ...wish, before, limit: step });
  return new Response(streamOf(isCsv ? csvOf(readStep) : jsonOf(readStep)), {
    headers: {
      'content-type': isCsv ? 'text/csv; charset=utf-8' : 'application/json',
      'content-disposition': `attachment; filename="audit.${isCsv ? 'csv' : 'json'}"`,
      'cache-control': 'private, no-store',
    },
  });
}

function requireCaller({ locals }: RequestEvent, path: ProcedurePath): Member {
  const { member } = locals.api;
  if (!member) error(401, { message: 'sign_in_required' });
  const { role, limits } = member;
  if (!mayCall(role, path, limits !== null)) error(403, { message: 'role_not_allowed', role });
  return member;
}

type ReadStep = (before: bigint | null) => Promise<AuditRow[]>;

async function* rowsOf(read: ReadStep): AsyncGenerator<AuditRow> {
  let before: bigint | null = null;
  for (;;) {
    const rows: AuditRow[] = await read(before);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < step) return;
    before = last.id;
  }
}

async function* csvOf(read: ReadStep): AsyncGenerator<string> {
  yield `${columns.join(',')}\r\n`;
  for await (const row of rowsOf(read)) {
    yield `${columns.map((name) => cellOf(plain(row[name]))).join(',')}\r\n`;
  }
}

async function* jsonOf(read: ReadStep): AsyncGenerator<string> {
  yield '[';
  let comma = '';
  for await (const row of rowsOf(read)) {
    const entries = columns.map((name) => [name, name === 'id' ? String(row.id) : row[name]]);
    yield `${comma}\n${JSON.stringify(Object.fromEntries(entries))}`;
    comma = ',';
  }
  yield '\n]\n';
}

function plain(value: AuditRow[keyof AuditRow]): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A cell of a table: a spreadsheet must not take what somebody called a gate for a formula. */
function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

function dateOf(text: string | null): Date | null {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
