import { z } from 'zod';

const port = z.coerce.number('must be a port').int().min(1).max(65_535);

/** host:port, by comma; an IPv6 host in brackets. */
const nodes = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim()))
  .pipe(z.array(z.string().regex(/^(\[[\da-f:]+\]|[\w.-]+):\d+$/, 'must be host:port')).min(1));

const settingsSchema = z.object({
  GATEWAY_DIR: z.string().min(1),
  /** Of the access log. */
  GATEWAY_LOG_DIR: z.string().min(1),
  GATEWAY_HOST: z.string().min(1),
  GATEWAY_HTTPS_PORT: port,
  GATEWAY_HTTP_PORT: port,
  /** The name a public authority certifies; empty: this machine's own authority does. */
  GATEWAY_DOMAIN: z.string(),
  WEB_ORIGIN: z
    .url({ protocol: /^https$/, error: 'must be the https:// address of this site' })
    .transform((address) => new URL(address)),
  WEB_NODES: nodes,
  REALTIME_NODES: nodes,
  ACME_DIRECTORY: z.url().default('https://acme-v02.api.letsencrypt.org/directory'),
  ACME_EMAIL: z.email().optional(),
});

export type GatewaySettings = z.infer<typeof settingsSchema>;

/** What start.ts tells the gateway, and the operator start.ts. @throws with a line for each setting that is wrong. */
export function readGatewaySettings(environment: NodeJS.ProcessEnv = process.env): GatewaySettings {
  const parsed = settingsSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`);
  throw new Error(`The gateway cannot start:\n${lines.join('\n')}`);
}
