import { createCaller, Refusal } from '@catraca/api';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Makes a ticket an app of its own: its icon on the home screen opens this ticket and nothing else. */
export const GET: RequestHandler = async ({ params, locals, url }) => {
  const ticket = await createCaller(locals.api)
    .ticket.get({ jwt: params.token })
    .catch((cause: unknown) => {
      if (cause instanceof Refusal) error(404);
      throw cause;
    });
  const page = url.pathname.replace(/\/manifest\.webmanifest$/, '');
  const icon = (size: number, purpose: string) => ({
    src: `/icons/${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  const manifest = {
    id: page,
    start_url: page,
    scope: page,
    name: `${ticket.event.name} · ${ticket.holderName}`,
    short_name: ticket.event.name,
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: ticket.event.look.colours?.accent ?? '#1d4ed8',
    icons: [icon(192, 'any'), icon(512, 'any'), icon(512, 'maskable')],
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json' },
  });
};
