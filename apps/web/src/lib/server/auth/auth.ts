import type { Logger } from '@catraca/api';
import { findFirstOrganizationId, schema, type Db, type MemberRole } from '@catraca/db';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { organization } from 'better-auth/plugins/organization';
import { memberAc, ownerAc } from 'better-auth/plugins/organization/access';
import { SignInThrottle } from './sign-in-throttle.ts';

/** A convention with its days of building up, on one sign-in. A session is never made longer. */
const sessionTtlSeconds = 7 * 24 * 3600;

/** Set by `authHeaders` from the connection itself; a client cannot send it. */
export const addressHeader = 'x-catraca-address';

export interface AuthOptions {
  db: Db;
  /** CATRACA_SECRET: signs the session cookies. */
  secret: string;
  /** WEB_ORIGIN: where browsers reach this site. Cookies are secure when it is https. */
  origin: string;
  log: Logger;
}

const signInPath = '/sign-in/email';

/**
 * Who may sign in, on the tables of `schema/accounts.ts`. There is no sign-up: members are made with
 * `catraca` or by the seed. What a role may do stands in the API's table, not here.
 */
export function createAuth({ db, secret, origin, log }: AuthOptions) {
  const throttle = new SignInThrottle();
  return betterAuth({
    appName: 'Catraca',
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [origin],
    database: drizzleAdapter(db, { provider: 'pg', schema, usePlural: true }),
    emailAndPassword: { enabled: true, disableSignUp: true },
    session: { expiresIn: sessionTtlSeconds, disableSessionRefresh: true },
    plugins: [
      organization({
        roles,
        allowUserToCreateOrganization: false,
        disableOrganizationDeletion: true,
      }),
    ],
    advanced: {
      cookiePrefix: 'catraca',
      useSecureCookies: origin.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    // `SignInThrottle` counts guesses; better-auth's own limit would count a whole venue as one client.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const activeOrganizationId = await findFirstOrganizationId(db, session.userId);
            if (!activeOrganizationId) throw new APIError('FORBIDDEN', { code: 'NO_ORGANIZATION' });
            return { data: { ...session, activeOrganizationId } };
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        if (ctx.path !== signInPath) return;
        const waitMs = throttle.take(tryOf(ctx.body, ctx.headers), Date.now());
        if (waitMs > 0) {
          const retryAfterSeconds = Math.ceil(waitMs / 1000);
          throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_TRIES', retryAfterSeconds });
        }
      }),
      after: createAuthMiddleware(async (ctx) => {
        if (ctx.path !== signInPath || ctx.context.returned instanceof APIError) return;
        throttle.succeeded(tryOf(ctx.body, ctx.headers));
      }),
    },
    // Its further arguments may hold what people typed: only the message is kept.
    logger: {
      log: (level, message) => log[level === 'debug' ? 'info' : level]({ part: 'auth' }, message),
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;

const roles: Record<MemberRole, typeof ownerAc | typeof memberAc> = {
  owner: ownerAc,
  manager: memberAc,
  box_office: memberAc,
  accreditation: memberAc,
  gate: memberAc,
  control: memberAc,
  viewer: memberAc,
};

function tryOf(body: unknown, headers: Headers | undefined) {
  const email = (body as { email?: unknown } | undefined)?.email;
  return {
    email: typeof email === 'string' ? email : '',
    address: headers?.get(addressHeader) ?? '',
  };
}
