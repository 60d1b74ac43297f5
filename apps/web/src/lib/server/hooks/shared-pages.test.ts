import type { RequestEvent } from '@sveltejs/kit';
import { describe, expect, test } from 'vitest';
import { keyOf, sharePages } from './shared-pages.ts';

/** As much of a request as decides whose page it is. */
function visit(path: string, headers: Record<string, string> = {}, method = 'GET'): RequestEvent {
  const url = new URL(path, 'http://localhost');
  const route = { id: url.pathname === '/' ? '/(store)' : '/(store)/events/[slug]' };
  const request = new Request(url, { method, headers });
  return { request, url, route, isDataRequest: false } as RequestEvent;
}

describe('a page is shared', () => {
  test('by all who are nobody in particular and read the same language', () => {
    const key = keyOf(visit('/events/con', { 'accept-language': 'es' }));
    expect(key).toBeDefined();
    expect(keyOf(visit('/events/con', { 'accept-language': 'es' }))).toBe(key);
    expect(keyOf(visit('/events/con', { 'accept-language': 'en' }))).not.toBe(key);
    expect(keyOf(visit('/events/other', { 'accept-language': 'es' }))).not.toBe(key);
    expect(keyOf(visit('/events/con', { cookie: 'catraca_locale=es' }))).not.toBe(key);
  });

  test.each([
    ['a cart', visit('/events/con', { cookie: 'catraca_hold=1' })],
    ['a session', visit('/events/con', { cookie: 'catraca_locale=es; x.session_token=1' })],
    ['a query', visit('/events/con?preview=1')],
    ['another method', visit('/events/con', {}, 'POST')],
  ])('by nobody who has %s', (_, event) => {
    expect(keyOf(event)).toBeUndefined();
  });

  test('and rendered once for a crowd', async () => {
    let rendered = 0;
    const resolve = () => {
      rendered += 1;
      return Promise.resolve(new Response('a page', { headers: { etag: 'x' } }));
    };
    const visitOnce = async () => sharePages({ event: visit('/events/crowd'), resolve });
    const answers = await Promise.all(Array.from({ length: 50 }, visitOnce));
    expect(rendered).toBe(1);
    for (const answer of answers) {
      expect(await answer.text()).toBe('a page');
      expect(answer.headers.get('etag')).toBe('x');
    }
  });

  test('and gives nobody a cookie', async () => {
    const headers = new Headers({ 'content-type': 'text/html' });
    headers.append('set-cookie', 'catraca_hold=of-the-first; Path=/; HttpOnly');
    headers.append('set-cookie', 'catraca_locale=es; Path=/');
    const event = visit('/events/cookies');
    const resolve = () => Promise.resolve(new Response('a page', { headers }));
    for (let visitor = 0; visitor < 2; visitor++) {
      const answer = await sharePages({ event, resolve });
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(answer.headers.get('content-type')).toBe('text/html');
    }
  });

  test('while a page of somebody’s own keeps its cookies', async () => {
    const event = visit('/events/cookies', { cookie: 'catraca_hold=1' });
    const page = new Response('a page', { headers: { 'set-cookie': 'catraca_hold=2' } });
    const resolve = () => Promise.resolve(page);
    expect((await sharePages({ event, resolve })).headers.getSetCookie()).toEqual([
      'catraca_hold=2',
    ]);
  });
});
