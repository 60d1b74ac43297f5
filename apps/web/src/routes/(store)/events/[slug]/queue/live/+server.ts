import { findOwnPlace } from '@catraca/api';
import { services } from '#lib/server/services.ts';
import type { RequestHandler } from './$types';

/** Frames that may wait for a slow reader; then it misses some, which the next one makes up for. */
const framesWaitingMax = 8;

/** How long (ms) a browser waits before it connects again: not all of them at once. */
const retryMs = () => Math.round(1_000 + Math.random() * 4_000);

/** What happens to this browser's place, as Server-Sent Events: `room`, `place` and `closed` of packages/api's hall. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const place = await findOwnPlace(locals.api, params.slug);
  if (!place) return new Response(null, { status: 401 });
  const { halls } = await services();
  let leave: (() => void) | undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(new TextEncoder().encode(`retry: ${retryMs()}\n\n`));
        leave = halls.watch(params.slug, place.publicId, {
          get isReady() {
            return (controller.desiredSize ?? 0) > 0;
          },
          send: (frame) => controller.enqueue(frame),
          end: () => controller.close(),
        });
      },
      cancel: () => leave?.(),
    },
    { highWaterMark: framesWaitingMax },
  );
  if (!leave) return new Response(null, { status: 503 });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
};
