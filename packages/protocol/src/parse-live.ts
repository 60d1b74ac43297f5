import { liveClientFrameBytesMax } from './limits.ts';
import {
  liveClientMessageSchema,
  liveServerMessageSchema,
  type LiveClientMessage,
  type LiveServerMessage,
} from './live/index.ts';
import { parseFrame, type Frame, type ParsedFrame } from './parse-frame.ts';

/** A frame of a wall on `/v1/live`. */
export function parseLiveClientFrame(frame: Frame): ParsedFrame<LiveClientMessage> {
  return parseFrame(frame, liveClientFrameBytesMax, liveClientMessageSchema);
}

/** A frame of realtime on `/v1/live`, of any size. */
export function parseLiveServerFrame(frame: Frame): ParsedFrame<LiveServerMessage> {
  return parseFrame(frame, Infinity, liveServerMessageSchema);
}
