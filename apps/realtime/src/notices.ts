import type { DeviceId, EventId } from '@catraca/domain';
import { z } from 'zod';

/** What commands say when they change something that is kept in memory here: `Notice` of @catraca/db. */
const id = z.string().regex(/^[1-9][0-9]{0,18}$/);
const noticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('config'), eventId: id }),
  z.object({ kind: z.literal('conflicts'), eventId: id }),
  z.object({ kind: z.literal('device'), deviceId: id }),
  z.object({ kind: z.literal('keys') }),
  z.object({ kind: z.literal('member'), memberId: z.string().min(1).max(64) }),
  z.object({ kind: z.literal('scans'), eventId: id }),
]);

export interface NoticeListener {
  config(eventId: EventId): void;
  conflicts(eventId: EventId): void;
  device(deviceId: DeviceId): void;
  keys(): void;
  member(memberId: string): void;
  scans(eventId: EventId): void;
}

/** Hands a notice on. @returns false when it is none: of a newer version, say. */
export function readNotice(payload: string, listener: NoticeListener): boolean {
  const notice = parse(payload);
  switch (notice?.kind) {
    case undefined:
      return false;
    case 'config':
      listener.config(BigInt(notice.eventId) as EventId);
      return true;
    case 'conflicts':
      listener.conflicts(BigInt(notice.eventId) as EventId);
      return true;
    case 'device':
      listener.device(BigInt(notice.deviceId) as DeviceId);
      return true;
    case 'keys':
      listener.keys();
      return true;
    case 'member':
      listener.member(notice.memberId);
      return true;
    case 'scans':
      listener.scans(BigInt(notice.eventId) as EventId);
      return true;
  }
}

function parse(payload: string): z.infer<typeof noticeSchema> | undefined {
  try {
    return noticeSchema.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
