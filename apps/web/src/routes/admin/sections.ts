import type { ProcedurePath } from '@catraca/api';
import BadgeCheck from '@lucide/svelte/icons/badge-check';
import CalendarCog from '@lucide/svelte/icons/calendar-cog';
import BadgeIcon from '@lucide/svelte/icons/id-card-lanyard';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import CloudCog from '@lucide/svelte/icons/cloud-cog';
import Armchair from '@lucide/svelte/icons/armchair';
import MapIcon from '@lucide/svelte/icons/map';
import DoorOpen from '@lucide/svelte/icons/door-open';
import HandHelping from '@lucide/svelte/icons/hand-helping';
import IdCard from '@lucide/svelte/icons/id-card';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import ScanLine from '@lucide/svelte/icons/scan-line';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import TicketIcon from '@lucide/svelte/icons/ticket';
import Tags from '@lucide/svelte/icons/tags';
import TicketPercent from '@lucide/svelte/icons/ticket-percent';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import type { Component } from 'svelte';
import { m } from '#lib/paraglide/messages.js';

/** What the work of a place belongs to, in the order of the menu. */
const groups = ['watch', 'sales', 'accreditation', 'gates', 'setup'] as const;
type Group = (typeof groups)[number];

/** A place in an event's admin. It is offered to whoever may ask what it shows. */
export interface Section {
  path: '' | `/${string}`;
  group: Group;
  name: () => string;
  /** For a fifth of a phone's width, where the name is too long. */
  short?: () => string;
  icon: Component<{ size?: number; 'aria-hidden'?: 'true' }>;
  asks: ProcedurePath;
  /** Under a phone's thumb; the others are behind "More". At most four, and the first four that a member may see are shown. */
  atHand?: true;
}

export interface SectionGroup {
  group: Group;
  /** Null for the overview, which needs no heading. */
  name: (() => string) | null;
  sections: readonly Section[];
}

const groupNames: Record<Group, (() => string) | null> = {
  watch: null,
  sales: m.admin_group_sales,
  accreditation: m.admin_group_accreditation,
  gates: m.admin_group_gates,
  setup: m.admin_group_setup,
};

const sections: readonly Section[] = [
  {
    ...{ path: '', group: 'watch', name: m.admin_overview, icon: ChartColumn },
    ...{ asks: 'overview.get', atHand: true },
  },
  {
    ...{ path: '/orders', group: 'sales', name: m.admin_orders, icon: ReceiptText },
    ...{ asks: 'order.search', atHand: true },
  },
  {
    ...{ path: '/passes', group: 'sales', name: m.admin_passes, icon: TicketIcon },
    ...{ asks: 'pass.search', atHand: true },
  },
  {
    ...{ path: '/confirmations', group: 'sales', name: m.sales_confirmations, icon: BadgeCheck },
    asks: 'confirmation.get',
  },
  {
    ...{ path: '/accreditation', group: 'accreditation', name: m.acc_admin_title, icon: IdCard },
    asks: 'accreditation.search',
  },
  {
    ...{ path: '/pickup', group: 'accreditation', name: m.acc_pickup_title, icon: HandHelping },
    asks: 'pickup.search',
  },
  {
    ...{ path: '/badges', group: 'accreditation', name: m.acc_badges_title, icon: BadgeIcon },
    asks: 'badge.designs',
  },
  {
    ...{ path: '/checkpoints', group: 'gates', name: m.admin_checkpoints, icon: DoorOpen },
    ...{ asks: 'checkpoint.list', atHand: true, short: m.admin_group_gates },
  },
  {
    ...{ path: '/devices', group: 'gates', name: m.admin_devices, icon: ScanLine },
    asks: 'device.list',
  },
  {
    ...{ path: '/conflicts', group: 'gates', name: m.admin_conflicts, icon: TriangleAlert },
    asks: 'conflict.list',
  },
  {
    ...{ path: '/sites', group: 'gates', name: m.sites_event_title, icon: CloudCog },
    asks: 'site.allotments',
  },
  {
    ...{ path: '/settings', group: 'setup', name: m.setup_settings, icon: CalendarCog },
    asks: 'event.setUp',
  },
  {
    ...{ path: '/types', group: 'setup', name: m.setup_types, icon: Tags },
    asks: 'passType.list',
  },
  {
    ...{ path: '/plan', group: 'setup', name: m.plan_title, icon: MapIcon },
    asks: 'venuePlan.get',
  },
  {
    ...{ path: '/seats', group: 'setup', name: m.seats_title, icon: Armchair },
    asks: 'seatMap.get',
  },
  {
    ...{ path: '/codes', group: 'setup', name: m.setup_codes, icon: TicketPercent },
    asks: 'voucher.list',
  },
  {
    ...{ path: '/audit', group: 'setup', name: m.audit_title, icon: ScrollText },
    asks: 'audit.ofEvent',
  },
];

export function sectionsFor(may: readonly ProcedurePath[]): readonly Section[] {
  return sections.filter(({ asks }) => may.includes(asks));
}

/** The same, under their headings; a heading with nothing under it is left out. */
export function groupsOf(offered: readonly Section[]): readonly SectionGroup[] {
  return groups
    .map((group) => ({
      ...{ group, name: groupNames[group] },
      sections: offered.filter((section) => section.group === group),
    }))
    .filter((each) => each.sections.length > 0);
}

/** The section an address below `/admin/[event]` is in. */
export function sectionOf(pathname: string, slug: string): Section['path'] {
  const rest = pathname.slice(`/admin/${slug}`.length);
  const found = sections.find(({ path }) => path !== '' && `${rest}/`.startsWith(`${path}/`));
  return found?.path ?? '';
}
