import { batched } from '../commands/batched.ts';
import { listWaitingPlaces, type ListedPlace } from './list-waiting-places.ts';

export interface WaitingPlaceQuestion {
  eventId: bigint;
  publicId: string;
}

export type FindWaitingPlaceResult =
  { ok: true; place: ListedPlace } | { ok: false; code: 'unknown_place' };

/** A place, found together with those of all who ask at the same moment. */
export const findWaitingPlace = batched<WaitingPlaceQuestion, FindWaitingPlaceResult>(
  async (db, questions) => {
    const found = new Map<string, ListedPlace>();
    for (const [eventId, ofEvent] of Map.groupBy(questions, (question) => question.eventId)) {
      const ids = ofEvent.map(({ publicId }) => publicId);
      for (const place of await listWaitingPlaces(db, eventId, ids))
        found.set(place.publicId, place);
    }
    return questions.map(({ publicId }) => {
      const place = found.get(publicId);
      return place ? { ok: true, place } : { ok: false, code: 'unknown_place' };
    });
  },
);
