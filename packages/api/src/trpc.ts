import { initTRPC, TRPCError } from '@trpc/server';
import * as devalue from 'devalue';
import { z } from 'zod';
import type { ApiContext } from './context.ts';
import { Refusal, refuse } from './errors.ts';
import { hasNul } from './has-nul.ts';
import { mayCall } from './roles.ts';

/** Dates, bigints and Maps travel as themselves. */
export const transformer = { serialize: devalue.stringify, deserialize: devalue.parse };

const t = initTRPC.context<ApiContext>().create({
  transformer,
  // A page gets the refusal and, for bad input, what is wrong with each field; never a stack.
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      refusal: error instanceof Refusal ? error.refusal : null,
      detail: error instanceof Refusal ? error.detail : null,
      fields: error.cause instanceof z.ZodError ? z.flattenError(error.cause).fieldErrors : null,
    },
  }),
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Every procedure starts here: the table of roles is asked before the input is even read. */
const guarded = t.procedure
  .use(({ ctx, path, next }) => {
    const { role = null, limits = null } = ctx.member ?? {};
    if (mayCall(role, path, limits !== null)) return next();
    if (ctx.member) return refuse('role_not_allowed');
    return refuse(
      ctx.standing === 'factor_missing' ? 'second_factor_required' : 'sign_in_required',
    );
  })
  .use(async ({ getRawInput, next }) => {
    if (!hasNul(await getRawInput())) return next();
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'a text has a NUL character' });
  });

/** For buyers and anyone else; listed as `public` in the table. */
export const publicProcedure = guarded;

/** For members: `ctx.member` is there. Which roles, the table says. */
export const memberProcedure = guarded.use(({ ctx, next }) => {
  if (!ctx.member) refuse('sign_in_required');
  return next({ ctx: { ...ctx, member: ctx.member } });
});
