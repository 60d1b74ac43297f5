import type { ProcedurePath } from '@catraca/api';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import DoorOpen from '@lucide/svelte/icons/door-open';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import ScanLine from '@lucide/svelte/icons/scan-line';
import TicketIcon from '@lucide/svelte/icons/ticket';
import CloudCog from '@lucide/svelte/icons/cloud-cog';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import type { Component } from 'svelte';
import { m } from '#lib/paraglide/messages.js';

/** A place in an event's admin. It is offered to whoever may ask what it shows. */
export interface Section {
  path: '' | '/orders' | '/passes' | '/devices' | '/checkpoints' | '/sites' | '/conflicts';
  name: () => string;
  /** Where a sixth of a phone's width is all there is. */
  short?: () => string;
  icon: Component<{ size?: number; 'aria-hidden'?: 'true' }>;
  asks: ProcedurePath;
}

const sections: readonly Section[] = [
  { path: '', name: m.admin_overview, icon: ChartColumn, asks: 'overview.get' },
  { path: '/orders', name: m.admin_orders, icon: ReceiptText, asks: 'order.search' },
  { path: '/passes', name: m.admin_passes, icon: TicketIcon, asks: 'pass.search' },
  { path: '/devices', name: m.admin_devices, icon: ScanLine, asks: 'device.list' },
  {
    path: '/checkpoints',
    name: m.admin_checkpoints,
    short: m.admin_checkpoints_short,
    icon: DoorOpen,
    asks: 'checkpoint.list',
  },
  {
    path: '/sites',
    name: m.sites_event_title,
    short: m.sites_short,
    icon: CloudCog,
    asks: 'site.allotments',
  },
  { path: '/conflicts', name: m.admin_conflicts, icon: TriangleAlert, asks: 'conflict.list' },
];

export function sectionsFor(may: readonly ProcedurePath[]): readonly Section[] {
  return sections.filter(({ asks }) => may.includes(asks));
}

/** The section an address below `/admin/[event]` is in. */
export function sectionOf(pathname: string, slug: string): Section['path'] {
  const rest = pathname.slice(`/admin/${slug}`.length);
  const found = sections.find(({ path }) => path !== '' && rest.startsWith(path));
  return found?.path ?? '';
}
