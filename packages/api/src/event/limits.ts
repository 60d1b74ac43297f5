import { z } from 'zod';

/** At most so many units left are told as a number: "12 left" helps to decide, "4,812 left" does not. */
export const fewLeftMax = 20;

/** Characters of an event's address. */
const slugLengthMax = 200;

export const eventSlug = z.string().min(1).max(slugLengthMax);

/** Ticket types are numbered in each event, in a smallint. */
export const typeNo = z.number().int().min(1).max(32_767);
