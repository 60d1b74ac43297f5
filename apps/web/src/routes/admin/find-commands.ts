import type { ProcedurePath, RouterOutputs } from '@catraca/api';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import DoorOpen from '@lucide/svelte/icons/door-open';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import TicketIcon from '@lucide/svelte/icons/ticket';
import { foldForSearch } from '@catraca/domain';
import type { Component } from 'svelte';
import { localized } from '#lib/format.ts';
import { trpc } from '#lib/trpc.ts';
import { organizationPlaces } from './organization-places.ts';
import { orderStateName } from './state-names.ts';
import type { Section } from './sections.ts';

type Event = RouterOutputs['event']['own'][number];

/** Somewhere the palette can lead to. */
export interface Command {
  title: string;
  note?: string;
  href: string;
  icon: Component<{ size?: number; class?: string; 'aria-hidden'?: 'true' }>;
}

export interface Question {
  text: string;
  events: readonly Event[];
  event: Event | undefined;
  sections: readonly Section[];
  may: readonly ProcedurePath[];
}

/** Rows of each kind: the palette is for one thing, the lists are for many. */
const rowsMax = 5;

/** Sections, events, checkpoints, orders and passes that have the text in their name, as far as the member may see them. */
export async function findCommands(question: Question): Promise<Command[]> {
  const [places, found] = [placesFor(question), await rowsFor(question)];
  return [...places, ...found];
}

function placesFor({ text, events, event, sections, may }: Question): Command[] {
  const places = event
    ? sections.map(({ path, name, icon }) => {
        return { title: name(), note: event.name, href: `/admin/${event.slug}${path}`, icon };
      })
    : [];
  const others = events.map(({ slug, name, venueName }) => {
    return { title: name, note: venueName, href: `/admin/${slug}`, icon: CalendarDays };
  });
  const ofAll = organizationPlaces(may).map(({ href, name, icon }) => {
    return { title: name(), href, icon };
  });
  return [...places, ...others, ...ofAll].filter(({ title }) => hasWords(title, text));
}

async function rowsFor({ text, event, may }: Question): Promise<Command[]> {
  if (!event || !text) return [];
  const base = `/admin/${event.slug}`;
  const api = trpc();
  const asked = { eventSlug: event.slug, text };
  const [checkpoints, orders, passes] = await Promise.all([
    may.includes('checkpoint.list') ? api.checkpoint.list.query({ eventSlug: event.slug }) : [],
    may.includes('order.search') ? api.order.search.mutate(asked).then(({ rows }) => rows) : [],
    may.includes('pass.search') ? api.pass.search.mutate(asked).then(({ rows }) => rows) : [],
  ]);
  return [
    // Orders found by a holder's name are below, as that holder's pass.
    ...orders
      .filter((order) =>
        hasWords(`${order.reference} ${order.buyerName} ${order.buyerEmail}`, text),
      )
      .slice(0, rowsMax)
      .map((order) => ({
        title: `${order.reference} · ${order.buyerName}`,
        note: orderStateName(order.state).name,
        href: `${base}/orders/${order.reference}`,
        icon: ReceiptText,
      })),
    ...passes.slice(0, rowsMax).map((pass) => ({
      title: pass.holderName,
      note: localized(pass.typeName),
      href: `${base}/passes/${pass.publicId}`,
      icon: TicketIcon,
    })),
    ...checkpoints
      .filter(({ name }) => hasWords(name, text))
      .slice(0, rowsMax)
      .map(({ id, name, fromAreaName, toAreaName }) => ({
        title: name,
        note: `${fromAreaName} → ${toAreaName}`,
        href: `${base}/checkpoints#checkpoint-${id}`,
        icon: DoorOpen,
      })),
  ];
}

function hasWords(name: string, text: string): boolean {
  const folded = foldForSearch(name);
  return foldForSearch(text)
    .split(' ')
    .every((word) => folded.includes(word));
}
