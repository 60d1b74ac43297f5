import { router } from '../trpc.ts';
import { getAvailability } from './get-availability.ts';
import { getEvent } from './get-event.ts';
import { getSeatMap } from './get-seat-map.ts';
import { listEvents } from './list-events.ts';
import { takenSeats } from './list-taken-seats.ts';

/** What the storefront shows of events. */
export const eventRouter = router({
  list: listEvents,
  get: getEvent,
  availability: getAvailability,
  seatMap: getSeatMap,
  takenSeats,
});
