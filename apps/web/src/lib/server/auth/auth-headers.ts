import type { RequestEvent } from '@sveltejs/kit';
import { addressHeader } from './auth.ts';

/** The request's headers with the client's address as this server sees it, whatever the client claims. */
export function authHeaders(event: RequestEvent): Headers {
  const headers = new Headers(event.request.headers);
  headers.set(addressHeader, event.getClientAddress());
  return headers;
}
