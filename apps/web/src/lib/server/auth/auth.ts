import { passwordLengthMin, type Logger } from '@catraca/api';
import {
  findFirstOrganizationId,
  findMembership,
  noteAct,
  schema,
  type Actor,
  type Db,
  type MemberRole,
} from '@catraca/db';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import { organization } from 'better-auth/plugins/organization';
import { memberAc, ownerAc } from 'better-auth/plugins/organization/access';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { SignInThrottle } from './sign-in-throttle.ts';

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
  throttle: SignInThrottle;
}

const signInPath = '/sign-in/email';

/** What begins a session with more than a password: a code, a recovery code, or a passkey. */
const strongPaths = new Set([
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/passkey/verify-authentication',
]);

/**
 * Who may sign in, on the tables of `schema/accounts.ts` and `schema/security.ts`. There is no sign-up: members are invited. What a role
 * may do stands in the API's table, and what a session is worth in `decideStanding`, not here.
 */
export function createAuth({ db, secret, origin, log, throttle }: AuthOptions) {
  return betterAuth({
    appName: 'Catraca',
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [origin],
    database: drizzleAdapter(db, { provider: 'pg', schema, usePlural: true }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: passwordLengthMin },
    session: {
      expiresIn: sessionTtlSeconds,
      disableSessionRefresh: true,
      // Whoever changes a factor gives the password again, however young the session is.
      freshAge: 0,
      additionalFields: {
        strong: { type: 'boolean', required: true, defaultValue: false, input: false },
      },
    },
    plugins: [
      organization({
        roles,
        allowUserToCreateOrganization: false,
        disableOrganizationDeletion: true,
      }),
      twoFactor({ issuer: 'Catraca' }),
      passkey({
        rpID: new URL(origin).hostname,
        rpName: 'Catraca',
        origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: ({ verification }) =>
            requireUserVerified(verification.registrationInfo?.userVerified),
        },
        authentication: {
          afterVerification: ({ verification }) =>
            requireUserVerified(verification.authenticationInfo.userVerified),
        },
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
          before: async (session, ctx) => {
            const strong = strongPaths.has(ctx?.path ?? '');
            const activeOrganizationId = await findFirstOrganizationId(db, session.userId);
            if (!activeOrganizationId) throw new APIError('FORBIDDEN', { code: 'NO_ORGANIZATION' });
            return { data: { ...session, activeOrganizationId, strong } };
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        if (ctx.path === '/sign-out') return recordSignOut(db, ctx);
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
        const begun = ctx.context.newSession;
        if (begun) await recordPasswordSignIn(db, begun.session, ctx.headers);
      }),
    },
    // Its further arguments may hold what people typed: only the message is kept.
    logger: {
      log: (level, message) => log[level === 'debug' ? 'info' : level]({ part: 'auth' }, message),
    },
  });
}

/** A passkey stands for two factors, the device and its owner: so the owner's finger, face or PIN must have been asked for. */
function requireUserVerified(verified: boolean | undefined): void {
  if (!verified) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED' });
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

interface OwnSession {
  userId: string;
  activeOrganizationId?: unknown;
}

/** Somebody signed in by their password alone; whoever has a second factor shows it first. */
async function recordPasswordSignIn(db: Db, session: OwnSession, headers?: Headers): Promise<void> {
  const by = actorOf(session, headers);
  const membership = by && (await findMembership(db, session.userId, by.organizationId));
  if (!by || !membership || membership.hasFactor) return;
  const subject = { subjectKind: 'user', subjectId: session.userId };
  await noteAct(db, by, { action: 'session.signIn', ...subject, after: { method: 'password' } });
}

async function recordSignOut(db: Db, ctx: Parameters<typeof getSessionFromCtx>[0]): Promise<void> {
  const found = await getSessionFromCtx(ctx);
  const by = found && actorOf(found.session, ctx.headers);
  if (!by || !found) return;
  const subject = { subjectKind: 'user', subjectId: found.session.userId };
  await noteAct(db, by, { action: 'session.signOut', ...subject });
}

function actorOf(session: OwnSession, headers: Headers | undefined): Actor | undefined {
  const { userId, activeOrganizationId: organizationId } = session;
  if (typeof organizationId !== 'string') return undefined;
  const address = headers?.get(addressHeader) ?? null;
  const userAgent = headers?.get('user-agent') ?? null;
  return { organizationId, kind: 'member', id: userId, address, userAgent };
}

function tryOf(body: unknown, headers: Headers | undefined) {
  const email = (body as { email?: unknown } | undefined)?.email;
  return {
    email: typeof email === 'string' ? email : '',
    address: headers?.get(addressHeader) ?? '',
  };
}
