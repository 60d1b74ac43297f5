import type { PassId, ScansTaken } from '../../src/index.ts';
import type { Grant, Name, SalesBody } from './facts.ts';
import { passRow, scansNoOf, type Store } from './store.ts';
import { writeSales } from './transact.ts';
import { random, type World } from './world.ts';

/** What this store has of the scans of others. */
export function scansTaken(store: Store): ScansTaken {
  return [...store.journals.keys()]
    .filter((author) => author !== store.site.no)
    .map((site) => ({ site, scansNo: scansNoOf(store)(site) }));
}

/** A pass is revoked, or paid back. */
export function endPass(
  world: World,
  store: Store,
  passId: PassId,
  status: 'revoked' | 'refunded',
): void {
  if (
    world.core.mergeStatus(passRow(store, passId).status, status) === passRow(store, passId).status
  )
    return;
  const body = { kind: 'ended', passId, status, scansTaken: scansTaken(store) } as const;
  const { id } = writeSales(world, store, body);
  world.truth.end(id, store.logs.get(passId) ?? []);
  applyEnded(world, store, store.site.no, body);
}

export function applyEnded(
  world: World,
  store: Store,
  author: number,
  body: Extract<SalesBody, { kind: 'ended' }>,
): void {
  const row = passRow(store, body.passId);
  row.status = world.core.mergeStatus(row.status, body.status);
  const endings = store.endings.get(body.passId) ?? [];
  endings.push({ status: body.status, site: author, scansTaken: body.scansTaken });
  store.endings.set(body.passId, endings);
}

export function rename(world: World, store: Store, passId: PassId): void {
  const row = passRow(store, passId);
  const name: Name = {
    ...world.core.nextVersion(row.name, store.site.no),
    text: random(world),
  };
  row.name = name;
  writeSales(world, store, { kind: 'renamed', passId, name });
}

export function applyRenamed(
  world: World,
  store: Store,
  { passId, name }: Extract<SalesBody, { kind: 'renamed' }>,
): void {
  const row = passRow(store, passId);
  row.name = row.name === null ? name : world.core.laterVersion(row.name, name);
}

export function reissue(world: World, store: Store, passId: PassId): void {
  const row = passRow(store, passId);
  const mediumNo = world.core.nextMediumNo(row.mediumNo, store.site.kind);
  if (mediumNo === null || row.status === 'revoked' || row.status === 'refunded') return;
  row.mediumNo = mediumNo;
  writeSales(world, store, { kind: 'reissued', passId, mediumNo });
}

/** A person comes to be accredited; whoever is already gets another print of the same. */
export function accredit(world: World, store: Store, person: number, typeNo: number): void {
  store.counter += 1;
  const known = [...store.journals.values()]
    .flatMap(({ sales }) => sales)
    .find(({ body }) => body.kind === 'accredited' && body.person === person);
  if (known?.body.kind === 'accredited') return reissue(world, store, known.body.passId);
  const passId = world.core.credentialIdOf(person, store.site.no, store.counter);
  const mediumNo = world.core.nextMediumNo(0, store.site.kind) ?? 0;
  const grant: Grant = { ...world.core.nextVersion(null, store.site.no), typeNo };
  const body = { kind: 'accredited', passId, person, grant, mediumNo } as const;
  writeSales(world, store, body);
  applyAccredited(world, store, body);
}

export function applyAccredited(
  world: World,
  store: Store,
  { passId, grant, mediumNo }: Extract<SalesBody, { kind: 'accredited' }>,
): void {
  const row = passRow(store, passId);
  row.grant = row.grant === null ? grant : world.core.laterVersion(row.grant, grant);
  row.typeNo = row.grant.typeNo;
  row.mediumNo = Math.max(row.mediumNo, mediumNo);
}
