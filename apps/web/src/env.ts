import { building } from '$app/env';
import { defineEnvVars } from '@sveltejs/kit/env';
import { z } from 'zod';

/**
 * A validator for what the running server needs. A build runs without the server's environment,
 * so there an empty text stands for the value; nothing may read it while building.
 */
function needed(schema: z.ZodType<string>): (value: string | undefined) => string {
  return (value) => {
    if (building) return '';
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw new Error(parsed.error.issues[0]?.message);
    return parsed.data;
  };
}

/** Everything the web app reads from its environment; imported from `$app/env/private` or `$app/env/public`. */
export const variables = defineEnvVars({
  DATABASE_URL: {
    schema: needed(
      z.url({
        protocol: /^postgres(ql)?$/,
        error: 'must be a postgres:// address (npm start sets it)',
      }),
    ),
    description: 'PostgreSQL of this site.',
  },
  REALTIME_URL: {
    public: true,
    schema: needed(
      z.url({ protocol: /^https?$/, error: 'must be the http:// address of apps/realtime' }),
    ),
    description: 'Address at which browsers reach the gate and the live feed.',
  },
});
