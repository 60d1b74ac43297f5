import type { PlaceView } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

export type QueueKind = PlaceView['kind'] | 'open' | 'desk' | undefined;

/** Milliseconds on, off, on… */
export const vibration = [200, 100, 200, 100, 400];

/** For the browser's tab, which is all that is seen of a page in the background. */
export function queueTitle(kind: QueueKind, before: number | null): string {
  switch (kind) {
    case 'called':
      return `● ${m.queue_called_heading()}`;
    case 'entered':
      return m.queue_entered_heading();
    case 'open':
      return m.queue_open_heading();
    case 'waiting': {
      const count = new Intl.NumberFormat(getLocale()).format(before ?? 0);
      return before === 0 ? m.queue_next() : `${count} · ${m.queue_title()}`;
    }
    default:
      return m.queue_title();
  }
}

/** Why a turn is over, and what that means. */
export function endedWords(place: PlaceView & { kind: 'ended' }): {
  heading: string;
  text: string;
} {
  if (place.bought) return { heading: m.queue_bought_heading(), text: m.queue_bought_text() };
  return place.entered
    ? { heading: m.queue_over_heading(), text: m.queue_over_text() }
    : { heading: m.queue_passed_heading(), text: m.queue_passed_text() };
}

/** What a screen reader is told of a place that is not over. */
export function announcement(
  kind: QueueKind,
  before: number | null,
  opensInMinutes: number,
): string {
  switch (kind) {
    case undefined:
    case 'ended':
      return '';
    case 'before_draw':
      return opensInMinutes > 0
        ? m.queue_minutes_to_open({ count: opensInMinutes })
        : m.queue_drawing_heading();
    case 'waiting':
      return before ? m.queue_before_you_said({ count: before }) : m.queue_next();
    case 'called':
      return `${m.queue_called_heading()}. ${m.queue_called_text()}`;
    case 'entered':
      return m.queue_entered_heading();
    case 'open':
      return m.queue_open_heading();
    case 'desk':
      return m.queue_desk_heading();
  }
}
