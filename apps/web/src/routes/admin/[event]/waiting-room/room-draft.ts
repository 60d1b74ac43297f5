import { instantOf } from '@catraca/domain';
import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';

export type Room = NonNullable<RouterOutputs['waitingRoom']['find']['room']>;

/** The form as it is typed. */
export interface RoomDraft {
  /** `2027-05-01T10:00`, on the clocks of the event. */
  opensAt: string;
  perMinute: string;
  shoppers: string;
  turnMinutes: string;
}

export interface RoomSettings {
  opensAt: Date;
  perMinuteMax: number;
  shoppersMax: number;
  turnSeconds: number;
}

export type DraftErrors = Partial<Record<keyof RoomDraft, string>>;

/** What a room of this size is asked for at first; whoever sells more knows it. */
const firstDraft = { perMinute: '120', shoppers: '300', turnMinutes: '15' };

const limits = {
  perMinute: [1, 60_000],
  shoppers: [1, 20_000],
  turnMinutes: [1, 60],
} as const;

const hourMs = 3_600_000;

/** What the form shows: the room there is, or one that opens at the next full hour but one. */
export function draftOf(room: Room | null, now: Date, timeZone: string): RoomDraft {
  if (!room || room.closedAt) {
    const opensAt = new Date(Math.ceil(now.getTime() / hourMs) * hourMs + hourMs);
    return { ...firstDraft, opensAt: localText(opensAt, timeZone) };
  }
  return {
    opensAt: localText(room.opensAt, timeZone),
    perMinute: String(room.perMinuteMax),
    shoppers: String(room.shoppersMax),
    turnMinutes: String(Math.round(room.turnSeconds / 60)),
  };
}

/** An instant as `datetime-local` takes it, on the clocks of a zone. */
function localText(at: Date, timeZone: string): string {
  // Swedish dates are ISO's.
  const format = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone,
  });
  return format.format(at).replace(' ', 'T');
}

/** The settings, or what is wrong with each field. */
export function readDraft(
  draft: RoomDraft,
  timeZone: string,
): { settings: RoomSettings } | { errors: DraftErrors } {
  const errors: DraftErrors = {};
  const whole = (field: keyof typeof limits) => {
    const [min, max] = limits[field];
    const value = Number(draft[field]);
    if (!Number.isInteger(value) || value < min || value > max) {
      errors[field] = m.admin_room_number_wrong({ min, max });
    }
    return value;
  };
  const opensAt = readLocal(draft.opensAt, timeZone);
  if (!opensAt) errors.opensAt = m.admin_room_opens_at_wrong();
  const [perMinuteMax, shoppersMax] = [whole('perMinute'), whole('shoppers')];
  const turnSeconds = whole('turnMinutes') * 60;
  if (!opensAt || Object.keys(errors).length > 0) return { errors };
  return { settings: { opensAt, perMinuteMax, shoppersMax, turnSeconds } };
}

function readLocal(text: string, timeZone: string): Date | undefined {
  const [date, time] = text.split('T');
  if (!date || !time || Number.isNaN(Date.parse(`${text}:00Z`))) return undefined;
  return new Date(instantOf({ date, time: time.slice(0, 5) }, timeZone));
}
