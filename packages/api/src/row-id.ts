import { parseId } from '@catraca/domain';
import { z } from 'zod';

/** A row's id as it travels: a decimal string. */
export const rowIdInput = z.string().transform((text, issues): bigint => {
  const parsed = parseId(text);
  if (parsed.ok) return parsed.value;
  issues.addIssue({ code: 'custom', message: parsed.problem });
  return z.NEVER;
});
