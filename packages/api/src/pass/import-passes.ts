import { importGuests, listTypeNames } from '@catraca/db';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import type { ApiContext, Member } from '../context.ts';
import {
  importBytesMax,
  readGuests,
  type ReadGuests,
  type FileProblem,
} from '../csv/read-guests.ts';
import { refuse } from '../errors.ts';
import { ownEvent, ownEventInput } from '../own-event.ts';
import { memberProcedure } from '../trpc.ts';

/** Base64 has four characters for three bytes. */
const base64LengthMax = Math.ceil(importBytesMax / 3) * 4;

/** Bad lines that are named: more of them are one mistake. */
const problemsShownMax = 100;
/** Good lines that are shown, so that somebody sees the columns are the right ones. */
const rowsShownMax = 5;

const fileInput = ownEventInput.extend({
  /** The file's bytes, base64: its encoding is looked at here. */
  file: z.base64().max(base64LengthMax, `at most ${importBytesMax} bytes`),
});

async function readFile(
  ctx: ApiContext & { member: Member },
  input: z.infer<typeof fileInput>,
): Promise<{ eventId: bigint; names: Map<string, string>; read: ReadGuests | FileProblem }> {
  const event = await ownEvent(ctx, input);
  const types = (await listTypeNames(ctx.db, event.id)).filter(
    ({ seated, archived }) => !seated && !archived,
  );
  const read = readGuests(
    Buffer.from(input.file, 'base64'),
    types.map(({ name, ...type }) => ({
      ...type,
      names: Object.values(name) as string[],
    })),
  );
  return {
    eventId: event.id,
    names: new Map(types.map(({ id, name }) => [String(id), name.en])),
    read,
  };
}

/** What an import would do, and what is wrong with which line. Nothing is written, and nothing of the file is kept. */
export const previewImport = memberProcedure.input(fileInput).mutation(async ({ ctx, input }) => {
  const { names, read } = await readFile(ctx, input);
  if ('code' in read) return { ok: false as const, problem: read };
  const { rows, problems } = read;
  return {
    ok: true as const,
    rows: rows.length,
    passes: rows.reduce((sum, { quantity }) => sum + quantity, 0),
    withEmail: rows.filter(({ email }) => email !== null).length,
    first: rows.slice(0, rowsShownMax).map(({ line, name, email, typeId, quantity }) => ({
      ...{ line, name, email, quantity },
      typeName: names.get(typeId) ?? '',
    })),
    badLines: problems.length,
    problems: problems.slice(0, problemsShownMax),
  };
});

/** Carries out what was previewed, without the bad lines where that is wanted: a job. */
export const importPasses = memberProcedure
  .input(fileInput.extend({ skipBad: z.boolean(), locale: z.enum(['en', 'pt-br', 'es']) }))
  .mutation(async ({ ctx, input }) => {
    const { eventId, read } = await readFile(ctx, input);
    if ('code' in read) return refuse('import_unreadable');
    if (read.problems.length > 0 && !input.skipBad) refuse('import_has_bad_lines');
    if (read.rows.length === 0) refuse('import_unreadable');
    const guests = { rows: read.rows, locale: input.locale };
    const started = await importGuests(ctx.db, eventId, guests, actorOf(ctx), ctx.now);
    return started.ok ? { jobId: String(started.jobId) } : refuse('job_running');
  });
