import { estimateWait } from '@catraca/domain';
import type { RoomView } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** From here on people think in hours. */
const hoursFromMinutes = 120;

/** How long the wait may be, in words; `known` is false where nobody can say when it ends. */
export function waitWords(before: number, room: RoomView): { words: string; known: boolean } {
  const { fromMinutes, toMinutes } = estimateWait(before, room.perMinuteMax, room.calledPerMinute);
  if (toMinutes === null) return { words: m.queue_wait_unknown(), known: false };
  return { words: span(fromMinutes, toMinutes), known: true };
}

function span(from: number, to: number): string {
  if (to <= 1) return m.queue_wait_soon();
  if (from === 0) return m.queue_wait_up_to({ to });
  if (to <= hoursFromMinutes) return m.queue_wait({ from, to });
  return m.queue_wait_hours({ from: hours(from), to: hours(to) });
}

/** `1.5`: in halves, as the reader's language writes it. */
function hours(minutes: number): string {
  return new Intl.NumberFormat(getLocale()).format(Math.max(0.5, Math.round(minutes / 30) / 2));
}

/** `2:03:04`, `3:04`: what is left, without days. */
export function clockDigits(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  return seconds < 3600
    ? `${minutes}:${two(seconds % 60)}`
    : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}
