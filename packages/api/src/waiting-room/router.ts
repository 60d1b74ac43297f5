import { router } from '../trpc.ts';
import { enter, leave } from './enter-room.ts';
import { findOwn } from './find-own.ts';
import { joinRoom } from './join-room.ts';
import { lookAtRoom } from './look-at-room.ts';
import { closeRoom, findRoom, setRoom } from './run-room.ts';

export const waitingRoomRouter = router({
  look: lookAtRoom,
  own: findOwn,
  join: joinRoom,
  enter,
  leave,
  find: findRoom,
  set: setRoom,
  close: closeRoom,
});
