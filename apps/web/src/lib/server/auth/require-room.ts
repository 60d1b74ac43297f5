import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Member } from '@catraca/api';
import { mayEnter, type Room } from '#lib/page-roles.ts';

/** The member, when its role includes the room. Anonymous: sends to sign-in and back. @throws 403 otherwise. */
export function requireRoom(event: Pick<RequestEvent, 'locals' | 'url'>, room: Room): Member {
  const { member } = event.locals.api;
  if (!member) {
    const to = event.url.pathname + event.url.search;
    redirect(303, `/sign-in?to=${encodeURIComponent(to)}`);
  }
  if (!mayEnter(member.role, room)) error(403, { message: 'role_not_allowed', role: member.role });
  return member;
}
