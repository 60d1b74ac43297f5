export type { ApiContext, Buyer, Client, Member } from './context.ts';
export { availabilities } from './event/get-availability.ts';
export { StoreBoard } from './event/store-board.ts';
export { eventMessage, type EventReader } from './event-reader.ts';
export { Fresh } from './fresh.ts';
export type { Cart } from './hold/cart.ts';
export { Refusal, refusals, type RefusalCode, type RefusalDetail } from './errors.ts';
export { openLimitKeys, type LimitKeys } from './limit-keys.ts';
export type { Logger } from './logger.ts';
export { applicationAllowance, codeAllowance, NetworkThrottle } from './network-throttle.ts';
export { access, mayCall, pathsFor, type Access } from './roles.ts';
export {
  appRouter,
  createCaller,
  type AppRouter,
  type ProcedurePath,
  type RouterOutputs,
} from './router.ts';
export { decideStanding, type Standing } from './standing.ts';
export { passwordLengthMax, passwordLengthMin } from './password.ts';
export { transformer } from './trpc.ts';
export type { PlaceCookies } from './waiting-room/place-cookies.ts';
export { WaitingHalls } from './waiting-room/halls.ts';
export { findOwnPlace } from './waiting-room/own-place.ts';
export type { PlaceView, RoomView } from './waiting-room/room-view.ts';
export { WaitingRooms } from './waiting-room/waiting-rooms.ts';
