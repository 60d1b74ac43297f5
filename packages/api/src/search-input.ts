import { z } from 'zod';
import { ownEventInput } from './own-event.ts';

/** Rows of a page: about two screens. */
export const pageSize = 50;

/** Characters of a search: a QR token read by a keyboard-wedge reader has 154. */
const textLengthMax = 200;

/** What all searches of an event's lists have in common. */
export const searchInput = ownEventInput.extend({
  text: z.string().max(textLengthMax).default(''),
});
