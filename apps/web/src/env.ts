import { building } from '$app/env';
import { defineEnvVars } from '@sveltejs/kit/env';
import { z } from 'zod';

/** A validator for what may be absent or has a default. */
function setting<T>(schema: z.ZodType<T>): (value: string | undefined) => T {
  return (value) => {
    const parsed = schema.safeParse(value === '' ? undefined : value);
    if (!parsed.success) throw new Error(parsed.error.issues[0]?.message);
    return parsed.data;
  };
}

/**
 * A validator for what the running server needs. A build runs without the server's environment,
 * so there an empty text stands for the value; nothing may read it while building.
 */
function needed(schema: z.ZodType<string>): (value: string | undefined) => string {
  return (value) => (building ? '' : setting(schema)(value));
}

const key = z.string('is missing').regex(/^[0-9a-f]{64}$/, 'must be 32 bytes in hexadecimal');
const optional = z.string().optional();

/** Everything the web app reads from its environment; imported from `$app/env/private` or `$app/env/public`. */
export const variables = defineEnvVars({
  DATABASE_URL: {
    schema: needed(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' })),
    description: 'PostgreSQL of this site.',
  },
  CATRACA_MODE: {
    schema: setting(z.enum(['development', 'production']).default('production')),
    description: 'In production no payment is a pretence and no mail is shown to visitors.',
  },
  CATRACA_SECRET: {
    schema: needed(key),
    description: 'Signs sessions, order links and live tokens. 32 bytes in hexadecimal.',
  },
  CATRACA_MASTER_KEY: {
    schema: needed(key),
    description: 'Encrypts the private signing keys in the database. 32 bytes in hexadecimal.',
  },
  WEB_ORIGIN: {
    schema: needed(
      z
        .url({ protocol: /^https?$/, error: 'must be an http(s):// address' })
        .transform((address) => new URL(address).origin),
    ),
    description: 'Address of this site as people see it; links in mails begin with it.',
  },
  REALTIME_URL: {
    public: true,
    schema: needed(
      z.url({ protocol: /^https?$/, error: 'must be the http(s):// address of apps/realtime' }),
    ),
    description: 'Address at which browsers reach the gate and the live feed.',
  },
  ROOT_CERTIFICATE: {
    schema: setting(optional),
    description: 'PEM file of the venue’s own authority; its certificate is offered at /ca.',
  },
  CERTIFICATE_PAGE: {
    schema: setting(z.url().optional()),
    description: 'Where phones open /ca that do not trust this site yet: a plain http:// address.',
  },
  PAYMENT_PROVIDERS: {
    schema: setting(
      z
        .string()
        .default('stripe')
        .transform((names) => names.split(','))
        .pipe(z.array(z.enum(['test', 'stripe']))),
    ),
    description:
      'Which payments are offered, by comma. `test` pays at once and is refused in production.',
  },
  STRIPE_SECRET_KEY: { schema: setting(optional), description: 'From the Stripe dashboard.' },
  STRIPE_WEBHOOK_SECRET: {
    schema: setting(optional),
    description: 'Of the endpoint in the Stripe dashboard.',
  },
  STRIPE_API_BASE: {
    schema: setting(z.url().optional()),
    description: 'Only to speak to a stand-in for Stripe.',
  },
  MAILBOX_DIR: {
    schema: setting(optional),
    description: 'Where the worker keeps captured mail, which is then shown at /dev/mail.',
  },
});
