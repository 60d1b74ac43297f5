import { parsePublicId, type PublicId } from '@catraca/domain';
import { z } from 'zod';

/** The id of an order as its address carries it. */
export const publicIdInput = z.string().transform((text, ctx): PublicId => {
  const parsed = parsePublicId(text);
  if (parsed.ok) return parsed.value;
  ctx.addIssue({ code: 'custom', message: parsed.problem });
  return z.NEVER;
});
