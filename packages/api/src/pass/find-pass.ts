import { historyScansMax, readPassHistory } from '@catraca/db';
import { memberProcedure } from '../trpc.ts';
import { ownPass, ownPassInput } from './own-pass.ts';
import { timelineOf } from './timeline.ts';

/** What the desk sees of a pass: whose it is, what it opens, where its holder is, and all that happened to it. */
export const findPass = memberProcedure.input(ownPassInput).query(async ({ ctx, input }) => {
  const found = await ownPass(ctx, input);
  const { pass, holderName, holderEmail, typeName, typeColour, seat, order, media } = found;
  const history = await readPassHistory(ctx.db, pass, order?.id ?? null);
  // Where two sites judged, the newest is not always the last (SPEC Y-25).
  const crossing = history.scans
    .filter(({ crossingNo }) => crossingNo !== null)
    .toSorted((a, b) => (b.crossingNo ?? 0) - (a.crossingNo ?? 0))[0];
  return {
    ...{ publicId: pass.publicId, kind: pass.kind, status: pass.status },
    ...{ holderName, holderEmail, typeName, typeColour, seat, media },
    policy: { kind: found.policyKind, count: found.policyCount },
    orderReference: order?.reference ?? null,
    lastCrossing: crossing && {
      verdict: crossing.verdict,
      areaName: crossing.toAreaName,
      at: crossing.at,
    },
    timeline: timelineOf(found, history),
    /** There are more scans than are told. */
    isCut: history.scans.length === historyScansMax,
  };
});
