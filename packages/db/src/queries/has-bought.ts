import { sql } from 'drizzle-orm';
import { holds } from '../schema/index.ts';

/** Whether a row of `waiting_places` ended with tickets. */
export const hasBought = sql<boolean>`exists (
  select from ${holds} where holds.waiting_place_id = waiting_places.id and holds.state = 'sold'
)`;
