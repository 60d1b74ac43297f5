import { z } from 'zod';

/** Something in `hello` is no longer so: a new `hello` follows. */
export const configChangedSchema = z.object({ type: z.literal('config_changed') });
export type ConfigChangedMessage = z.infer<typeof configChangedSchema>;
