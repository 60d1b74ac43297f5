import {
  type AreaId,
  type CheckpointId,
  type EntryPolicy,
  type EventId,
  toId,
  type TypeId,
  type VenueRules,
  venueRules,
} from '@catraca/domain';
import { importPublicKey } from '@catraca/domain/token/browser';
import type { BundleRules } from '@catraca/protocol';

type BundleType = BundleRules['types'][number];

/** What a device alone judges by, looked up by ids and by the numbers of the records. */
export interface EventRules {
  readonly told: BundleRules;
  /** Without capacities: a device alone does not know who else is in. */
  readonly venue: VenueRules;
  readonly typesByNo: ReadonlyMap<number, BundleType>;
  readonly areaIds: ReadonlyMap<number, AreaId>;
  readonly areaNos: ReadonlyMap<AreaId, number>;
  readonly checkpointNames: ReadonlyMap<number, string>;
  readonly checkpointNos: ReadonlyMap<CheckpointId, number>;
  readonly areaNames: ReadonlyMap<AreaId, string>;
  /** None in a browser that knows no Ed25519: there no token can be told from a forged one. */
  readonly keys: ReadonlyMap<number, CryptoKey>;
}

export async function openRules(eventId: string, told: BundleRules): Promise<EventRules> {
  const areas = told.areas.map(({ id, no, name }) => ({ id: idOf<AreaId>(id), no, name }));
  const points = told.checkpoints.map((point) => ({ ...point, id: idOf<CheckpointId>(point.id) }));
  return {
    told,
    venue: venueOf(eventId, told),
    typesByNo: new Map(told.types.map((type) => [type.no, type])),
    areaIds: new Map(areas.map(({ id, no }) => [no, id])),
    areaNos: new Map(areas.map(({ id, no }) => [id, no])),
    areaNames: new Map(areas.map(({ id, name }) => [id, name])),
    checkpointNames: new Map(points.map(({ no, name }) => [no, name])),
    checkpointNos: new Map(points.map(({ id, no }) => [id, no])),
    keys: await importKeys(told.keys),
  };
}

function idOf<Id extends AreaId | CheckpointId | EventId | TypeId>(text: string): Id {
  return toId<Id>(BigInt(text));
}

function venueOf(eventId: string, told: BundleRules): VenueRules {
  return venueRules({
    eventId: idOf<EventId>(eventId),
    epoch: told.epoch,
    outsideAreaId: idOf<AreaId>(told.outsideAreaId),
    days: told.days,
    areas: [],
    checkpoints: told.checkpoints.map(({ id, fromArea, toArea, directions }) => ({
      id: idOf<CheckpointId>(id),
      fromArea: idOf<AreaId>(fromArea),
      toArea: idOf<AreaId>(toArea),
      directions,
    })),
    types: told.types.map(({ id, policy, entitlements }) => ({
      id: idOf<TypeId>(id),
      policy: policyOf(policy),
      entitlements: entitlements.map(({ areaId, startsAt, endsAt }) => ({
        ...{ startsAt, endsAt },
        areaId: idOf<AreaId>(areaId),
      })),
    })),
  });
}

function policyOf({ kind, n }: BundleType['policy']): EntryPolicy {
  return kind === 'n_times' ? { kind, n: n ?? 1 } : { kind };
}

async function importKeys(keys: BundleRules['keys']): Promise<Map<number, CryptoKey>> {
  const imported = await Promise.all(
    keys.map(async ({ id, publicKey }) => {
      const key = await importPublicKey(bytesOf(publicKey)).catch(() => undefined);
      return key ? ([[id, key]] as const) : [];
    }),
  );
  return new Map(imported.flat());
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
