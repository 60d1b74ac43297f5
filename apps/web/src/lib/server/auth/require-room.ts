import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Member, Standing } from '@catraca/api';
import { mayEnter, type Room } from '#lib/page-roles.ts';

/**
 * The member, when its role includes the room. Anonymous: sends to sign-in and back; a second factor that is open or missing: to where
 * it is shown or set up. @throws 403 otherwise.
 */
export function requireRoom(event: Pick<RequestEvent, 'locals' | 'url'>, room: Room): Member {
  const member = requireMember(event);
  if (!mayEnter(member.role, room)) error(403, { message: 'role_not_allowed', role: member.role });
  return member;
}

/** The member, whatever its role. Whoever is none yet is sent to where they become one, and back. */
export function requireMember(event: Pick<RequestEvent, 'locals' | 'url'>): Member {
  const { member, standing } = event.locals.api;
  if (member) return member;
  const to = encodeURIComponent(event.url.pathname + event.url.search);
  redirect(303, `${wayIn[standing]}?to=${to}`);
}

/** Where somebody of this standing goes on. */
export const wayIn: Record<Standing, string> = {
  nobody: '/sign-in',
  factor_open: '/sign-in/second-factor',
  factor_missing: '/account/second-factor',
  member: '/sign-in',
};
