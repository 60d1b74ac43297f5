import { router } from '../trpc.ts';
import { addPlace } from './add-place.ts';
import { copyEvent } from './copy-event.ts';
import { checkSlug, createEvent } from './create-event.ts';
import { getAvailability } from './get-availability.ts';
import { getEvent } from './get-event.ts';
import { getSeatMap } from './get-seat-map.ts';
import { getSetUp } from './get-set-up.ts';
import { listEvents } from './list-events.ts';
import { listOwnEvents } from './list-own-events.ts';
import { takenSeats } from './list-taken-seats.ts';
import { previewEvent } from './preview-event.ts';
import { setDays } from './set-days.ts';
import { previewRefund, refundEvent } from './refund-event.ts';
import { setEventStatus } from './set-event-status.ts';
import { setPoster } from './set-poster.ts';
import { updateEvent } from './update-event.ts';

/** What the storefront shows of events, and what members do with them. */
export const eventRouter = router({
  list: listEvents,
  get: getEvent,
  availability: getAvailability,
  seatMap: getSeatMap,
  takenSeats,
  own: listOwnEvents,
  setStatus: setEventStatus,
  create: createEvent,
  copy: copyEvent,
  checkSlug,
  preview: previewEvent,
  setPoster,
  setUp: getSetUp,
  update: updateEvent,
  setDays,
  addPlace,
  previewRefund,
  refund: refundEvent,
});
