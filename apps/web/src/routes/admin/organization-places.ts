import type { ProcedurePath } from '@catraca/api';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import CloudCog from '@lucide/svelte/icons/cloud-cog';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import UserRoundSearch from '@lucide/svelte/icons/user-round-search';
import Users from '@lucide/svelte/icons/users';
import { m } from '#lib/paraglide/messages.js';
import type { Section } from './sections.ts';

/** A place of the admin that is about no one event. */
export interface OrganizationPlace extends Pick<Section, 'name' | 'icon'> {
  href: `/admin${string}`;
  asks: ProcedurePath;
}

const places: readonly OrganizationPlace[] = [
  { href: '/admin', name: m.admin_events, icon: CalendarDays, asks: 'event.own' },
  { href: '/admin/sites', name: m.sites_title, icon: CloudCog, asks: 'site.list' },
  { href: '/admin/members', name: m.members_title, icon: Users, asks: 'member.list' },
  {
    ...{ href: '/admin/people-data', name: m.people_title, icon: UserRoundSearch },
    asks: 'person.search',
  },
  { href: '/admin/audit', name: m.audit_title, icon: ScrollText, asks: 'audit.search' },
];

/** Those that are offered to whoever may ask this. */
export function organizationPlaces(may: readonly ProcedurePath[]): readonly OrganizationPlace[] {
  return places.filter(({ asks }) => may.includes(asks));
}
