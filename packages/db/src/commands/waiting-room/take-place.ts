import { batched } from '../batched.ts';
import { joinWaitingRoom, type JoinRequest, type JoinResult } from './join-waiting-room.ts';

export interface PlaceRequest extends JoinRequest {
  eventId: bigint;
  now: Date;
}

/** Joins a waiting room together with all who do at the same moment: a thousand a second are a few dozen transactions. */
export const takePlace = batched<PlaceRequest, JoinResult>(async (db, requests) => {
  const results = new Map<PlaceRequest, JoinResult>();
  for (const [eventId, ofEvent] of Map.groupBy(requests, (request) => request.eventId)) {
    const now = new Date(Math.max(...ofEvent.map((request) => request.now.getTime())));
    const joined = await joinWaitingRoom(db, eventId, ofEvent, now);
    ofEvent.forEach((request, index) => {
      const result = joined[index];
      if (result) results.set(request, result);
    });
  }
  return requests.flatMap((request) => results.get(request) ?? []);
});
