import { actsCalled } from './act-names.ts';

/** What is looked for; empty texts ask for nothing. Days are those of the reader's own time zone. */
export interface AuditWish {
  text: string;
  actorId: string;
  /** `2026-11-22` */
  from: string;
  /** The last day that is meant. */
  until: string;
}

/** The instant a day begins where the reader is; null for no day. `later`: so many days after it. */
export function dayStart(day: string, later = 0): Date | null {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return null;
  return new Date(year, month - 1, date + later);
}

/** As the API takes it. */
export function questionOf({ text, actorId, from, until }: AuditWish) {
  return {
    ...{ text, actions: actsCalled(text), actorId: actorId || null },
    ...{ from: dayStart(from), until: dayStart(until, 1) },
  };
}

export function exportAddress(path: string, format: 'csv' | 'json', wish: AuditWish): string {
  const { text, actions, actorId, from, until } = questionOf(wish);
  const query = new URLSearchParams({ format });
  if (text) query.set('text', text);
  for (const action of actions) query.append('action', action);
  if (actorId) query.set('actor', actorId);
  if (from) query.set('from', from.toISOString());
  if (until) query.set('until', until.toISOString());
  return `${path}?${query}`;
}
