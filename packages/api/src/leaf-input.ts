import { z } from 'zod';

/** Where a page of a list lies: at an end of it, or after or before a row that was seen. */
export function leafInput(key: z.ZodType<string>) {
  return z
    .union([
      z.enum(['first', 'last']),
      z.object({ after: key }).strict(),
      z.object({ before: key }).strict(),
    ])
    .default('first');
}
