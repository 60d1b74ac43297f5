import {
  type AreaId,
  type CheckpointId,
  type CodeFinding,
  type Crossing,
  type Decision,
  decideScan,
  type EventId,
  parseCode,
  type ParsedCode,
  type PassFacts,
  type TokenCode,
  toId,
  type TypeId,
  type Verdict,
} from '@catraca/domain';
import { verifyToken } from '@catraca/domain/token/browser';
import type {
  PassRecord,
  PassTable,
  RecordedCrossing,
  ScanMessage,
  VerdictMessage,
} from '@catraca/protocol';
import type { EventRules } from './event-rules.ts';

/** What a device knows of its event. */
export interface Knowledge {
  readonly eventId: string;
  readonly rules: EventRules;
  readonly passes: PassTable;
}

/** The answer to show, and for a green the pass as it is from now on. */
export interface DecidedAlone {
  readonly answer: VerdictMessage;
  readonly after: PassRecord | undefined;
}

/** `unknowable`: it may be a good code that is newer than what this device knows. */
type Found =
  { readonly finding: CodeFinding; readonly pass: PassRecord | undefined } | 'unknowable';

/**
 * The verdict of a scan by the rules that every gate has, on what this device knows (SPEC D-30 to D-34). `at`: ms since 1970 by the
 * corrected clock. Nothing is kept or changed here.
 */
export async function decideAlone(
  knowledge: Knowledge,
  scan: ScanMessage,
  at: number,
): Promise<DecidedAlone> {
  const found = await lookUp(knowledge, parseCode(scan.code));
  const { rules } = knowledge;
  if (found === 'unknowable') {
    return { answer: answerOf(rules, scan, at, 'offline_unknown'), after: undefined };
  }
  const { finding, pass } = found;
  const facts = pass && factsOf(knowledge, pass);
  if (pass && !facts) {
    return { answer: answerOf(rules, scan, at, 'offline_unknown', pass), after: undefined };
  }
  const { verdict, after } = decideFound(rules, scan, at, finding, pass, facts);
  return { answer: answerOf(rules, scan, at, verdict, pass), after };
}

/**
 * What the server's green made of a pass, for this device to go on from should the line go down next; undefined where it is not known
 * here, or this device sees it otherwise: then it hears of it in a moment.
 */
export function recordOnline(
  knowledge: Knowledge,
  scan: ScanMessage,
  answer: VerdictMessage,
): PassRecord | undefined {
  const { passes, rules } = knowledge;
  const code = parseCode(scan.code);
  const pass =
    code.kind === 'token'
      ? passes.find(code.claims.passId)
      : code.kind === 'barcode'
        ? passes.findByBarcode(Number(code.number.slice(0, 14)))
        : undefined;
  const facts = pass && factsOf(knowledge, pass);
  if (!facts) return undefined;
  const decided = decideFound(rules, scan, Date.parse(answer.at), 'known', pass, facts);
  return decided.verdict === answer.verdict ? decided.after : undefined;
}

function decideFound(
  rules: EventRules,
  scan: ScanMessage,
  at: number,
  finding: CodeFinding,
  pass: PassRecord | undefined,
  facts: PassFacts | undefined,
): { verdict: Verdict; after: PassRecord | undefined } {
  const checkpointId = toId<CheckpointId>(BigInt(scan.checkpointId));
  const decision = decideScan(
    rules.venue,
    facts ?? null,
    finding,
    { checkpointId, direction: scan.direction, at },
    { eventId: rules.venue.eventId, checkpointIds: null },
    new Map(),
  );
  const after = pass && recordAfter(rules, pass, decision, checkpointId, at);
  return { verdict: decision.verdict, after };
}

async function lookUp({ rules, passes }: Knowledge, code: ParsedCode): Promise<Found> {
  if (code.kind === 'unknown') return { finding: 'unknown_code', pass: undefined };
  if (code.kind === 'forged') return { finding: 'bad_signature', pass: undefined };
  if (code.kind === 'token') return lookUpToken(rules, passes, code);
  // Sold since, or replaced: the number alone proves nothing.
  const pass = passes.findByBarcode(Number(code.number.slice(0, 14)));
  return pass ? { finding: 'known', pass } : 'unknowable';
}

async function lookUpToken(
  { keys, venue }: EventRules,
  passes: PassTable,
  token: TokenCode,
): Promise<Found> {
  const verification = await verifyToken(token, (keyId) => keys.get(keyId));
  if (verification === 'unknown_key') return 'unknowable';
  if (verification === 'bad_signature') return { finding: 'bad_signature', pass: undefined };
  const { eventId, passId, mediumNo } = token.claims;
  if (eventId !== venue.eventId) return { finding: 'other_event', pass: undefined };
  const pass = passes.find(passId);
  // A pass or a code that was made since this device last heard.
  if (!pass || mediumNo > pass.qrNo) return 'unknowable';
  return { finding: mediumNo === pass.qrNo ? 'known' : 'dead_medium', pass };
}

/** Undefined for a pass whose type or area this device has not heard of. */
function factsOf({ eventId, rules }: Knowledge, pass: PassRecord): PassFacts | undefined {
  const type = rules.typesByNo.get(pass.typeNo);
  const last = pass.last === null ? null : crossingOf(rules, pass.last);
  if (!type || last === undefined) return undefined;
  return {
    eventId: toId<EventId>(BigInt(eventId)),
    typeId: toId<TypeId>(BigInt(type.id)),
    status: pass.status,
    needsAttention: false,
    last,
  };
}

function crossingOf({ areaIds }: EventRules, last: RecordedCrossing): Crossing | undefined {
  const { crossingNo, at, areaNo, verdict, entries, day, dayEntries } = last;
  const toArea = areaIds.get(areaNo);
  if (toArea === undefined) return undefined;
  return { crossingNo, at: at * 1000, toArea, verdict, entries, day, dayEntries };
}

/** The pass once this decision counts; undefined where it moves nobody. */
function recordAfter(
  rules: EventRules,
  pass: PassRecord,
  decision: Decision,
  checkpointId: CheckpointId,
  at: number,
): PassRecord | undefined {
  if (decision.crossing === null) return undefined;
  const { crossingNo, toArea, entries, day, dayEntries } = decision.crossing;
  const last = {
    ...{ crossingNo, entries, day, dayEntries, verdict: decision.verdict },
    at: Math.floor(at / 1000),
    areaNo: rules.areaNos.get(toArea) ?? 0,
    checkpointNo: rules.checkpointNos.get(checkpointId) ?? 0,
  };
  return { ...pass, last };
}

/** Refusals after which the person at the gate asks: when was it, and where? */
const speaksOfUse: ReadonlySet<Verdict> = new Set<Verdict>([
  'already_used',
  'too_many_entries',
  'already_inside',
  'not_inside',
]);

function answerOf(
  rules: EventRules,
  scan: ScanMessage,
  at: number,
  verdict: Verdict,
  pass?: PassRecord,
): VerdictMessage {
  const type = pass && rules.typesByNo.get(pass.typeNo);
  const point = rules.venue.checkpoints.get(toId<CheckpointId>(BigInt(scan.checkpointId)));
  const area: AreaId | undefined = scan.direction === 'entry' ? point?.toArea : point?.fromArea;
  const areaName = area && rules.areaNames.get(area);
  const last = speaksOfUse.has(verdict) ? pass?.last : undefined;
  return {
    ...{ type: 'verdict', scanId: scan.scanId, verdict, at: new Date(at).toISOString() },
    ...(type && {
      pass: { typeName: type.name, typeColor: type.colour, holderName: null, seat: null },
    }),
    ...(last && {
      last: {
        at: new Date(last.at * 1000).toISOString(),
        checkpointName: rules.checkpointNames.get(last.checkpointNo) ?? '',
      },
    }),
    ...(areaName !== undefined && { areaName }),
  };
}
