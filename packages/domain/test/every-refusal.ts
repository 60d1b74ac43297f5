import { refusals, type Refusal } from '../src/index.ts';
import type { PassFacts, VenueRules } from '../src/index.ts';
import type { Decided } from './run-history.ts';

/**
 * The rules of SPEC.md said a second time, each by itself and none of them fast: all refusals that apply to a scan, in the order of
 * precedence. The engine must answer with the first of them.
 */
export function everyRefusal(rules: VenueRules, { step, pass, before }: Decided): Refusal[] {
  const applies = new Set<Refusal>([
    ...ofDevice(rules, step),
    ...ofCode(rules, step, pass),
    ...(step.scan.direction === 'entry' ? ofEntry(rules, step, pass, before) : ofExit(rules, pass)),
  ]);
  return refusals.filter((refusal) => applies.has(refusal));
}

type Step = Decided['step'];

function* ofDevice(rules: VenueRules, { scan, device }: Step): Generator<Refusal> {
  const directions = rules.checkpoints.get(scan.checkpointId)?.directions;
  const rightWay = directions === 'both' || directions === scan.direction;
  const rightPlace = device.checkpointIds?.has(scan.checkpointId) ?? true;
  if (!rightWay || !rightPlace || device.eventId !== rules.eventId) yield 'device_not_allowed';
}

function* ofCode(rules: VenueRules, { finding }: Step, pass: PassFacts): Generator<Refusal> {
  if (finding === 'unknown_code') yield 'unknown_code';
  if (finding === 'bad_signature') yield 'bad_signature';
  if (finding === 'other_event' || pass.eventId !== rules.eventId) yield 'wrong_event';
}

function* ofExit(rules: VenueRules, pass: PassFacts): Generator<Refusal> {
  if ((pass.last?.toArea ?? rules.outsideAreaId) === rules.outsideAreaId) yield 'not_inside';
}

function* ofEntry(
  rules: VenueRules,
  step: Step,
  pass: PassFacts,
  before: Decided['before'],
): Generator<Refusal> {
  const checkpoint = rules.checkpoints.get(step.scan.checkpointId);
  if (checkpoint === undefined) return;
  const { toArea, fromArea } = checkpoint;
  if (step.finding === 'dead_medium') yield 'revoked';
  if (pass.status !== 'valid') yield pass.status;
  yield* ofWindows(rules, pass, toArea, step.scan.at);
  if (fromArea === rules.outsideAreaId) yield* ofPolicy(rules, pass, step.scan.at);
  else yield* ofAntiPassback(rules, pass, toArea);
  if (pass.needsAttention) yield 'needs_attention';
  const capacity = rules.areas.get(toArea)?.capacity ?? Infinity;
  const isThere = pass.last?.toArea === toArea;
  if (!isThere && (before.get(toArea) ?? 0) >= (capacity ?? Infinity)) yield 'area_full';
}

function* ofWindows(
  rules: VenueRules,
  pass: PassFacts,
  toArea: bigint,
  at: number,
): Generator<Refusal> {
  const windows =
    rules.types.get(pass.typeId)?.entitlements.filter((w) => w.areaId === toArea) ?? [];
  if (windows.length === 0) yield 'wrong_area';
  if (windows.length === 0 || windows.some((w) => at >= w.startsAt && at < w.endsAt)) return;
  const today = rules.days.find((day) => at >= day.startsAt && at < day.endsAt);
  const onDay = (day: { startsAt: number; endsAt: number }) =>
    windows.some((w) => w.endsAt > day.startsAt && w.startsAt < day.endsAt);
  const early = windows.every((w) => at < w.startsAt);
  const late = windows.every((w) => at >= w.endsAt);
  if (today !== undefined && !onDay(today) && rules.days.some(onDay)) yield 'wrong_day';
  else yield early ? 'not_yet_valid' : late ? 'expired' : 'wrong_day';
}

function* ofPolicy(rules: VenueRules, pass: PassFacts, at: number): Generator<Refusal> {
  const policy = rules.types.get(pass.typeId)?.policy;
  const last = pass.last;
  if (policy === undefined || last === null) return;
  const begun = rules.days.filter((day) => day.startsAt <= at).map((day) => day.no);
  const laterDay = Math.max(0, ...begun) > last.day;
  if (policy.kind === 'once' && last.entries > 0) yield 'already_used';
  if (policy.kind === 'once_per_day' && !laterDay && last.dayEntries > 0) yield 'already_used';
  if (policy.kind === 'n_times' && last.entries >= policy.n) yield 'too_many_entries';
  const antiPassback = policy.kind === 'reentry' || policy.kind === 'n_times';
  if (antiPassback && !laterDay && last.toArea !== rules.outsideAreaId) yield 'already_inside';
}

function* ofAntiPassback(rules: VenueRules, pass: PassFacts, toArea: bigint): Generator<Refusal> {
  const area = pass.last?.toArea ?? rules.outsideAreaId;
  if (area === rules.outsideAreaId) yield 'not_inside';
  if (area === toArea && rules.types.get(pass.typeId)?.policy.kind !== 'unlimited')
    yield 'already_inside';
}
