import { Refusal } from '@catraca/api';
import { error } from '@sveltejs/kit';

/** A piece of a table, and where the next one begins; null after the last. */
interface Piece {
  text: string;
  cursor: string | null;
}

/**
 * A table as a file, piece by piece as it is taken: however long it is, one piece is in memory. `?bom` puts a byte order mark before it,
 * without which some spreadsheets misread names. What refuses the first piece refuses the whole.
 */
export async function csvResponse(
  name: string,
  url: URL,
  read: (after: string | null) => Promise<Piece>,
): Promise<Response> {
  let next: Piece | undefined = await read(null).catch((cause: unknown) => {
    if (cause instanceof Refusal)
      error(cause.code === 'NOT_FOUND' ? 404 : 403, { message: 'failed' });
    throw cause;
  });
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      if (url.searchParams.has('bom')) controller.enqueue(Uint8Array.of(0xef, 0xbb, 0xbf));
    },
    async pull(controller) {
      if (!next) return controller.close();
      const { text, cursor } = next;
      controller.enqueue(encoder.encode(text));
      next = cursor === null ? undefined : await read(cursor);
    },
  });
  return new Response(stream, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
