import type { Venue } from '@catraca/db/gate';
import type { BundleRules } from '@catraca/protocol';
import type { PublicKey } from '@catraca/db';

/** What a device alone judges by. What has no number yet is left out: it was made a moment ago. */
export function bundleRulesOf(
  venue: Venue,
  numbers: ReadonlyMap<bigint, number>,
  keys: readonly PublicKey[],
): BundleRules {
  const { rules } = venue;
  /** Each with its number; without those that have none. */
  const numbered = <Row extends { id: bigint }, Told>(
    rows: Iterable<Row>,
    tell: (row: Row, named: { id: string; no: number }) => Told,
  ): Told[] =>
    [...rows].flatMap((row) => {
      const no = numbers.get(row.id);
      return no === undefined ? [] : [tell(row, { id: String(row.id), no })];
    });
  return {
    name: venue.name,
    timeZone: venue.timeZone,
    epoch: rules.epoch,
    outsideAreaId: String(rules.outsideAreaId),
    days: rules.days.map(({ no, startsAt, endsAt }) => ({ no, startsAt, endsAt })),
    areas: numbered(rules.areas.values(), ({ id, capacity }, named) => ({
      ...named,
      name: venue.areaNames.get(id) ?? '',
      capacity,
    })),
    checkpoints: numbered(venue.checkpoints, (point, named) => ({
      ...named,
      name: point.name,
      fromArea: String(point.fromArea),
      toArea: String(point.toArea),
      directions: point.directions,
    })),
    types: numbered(
      [...rules.types].map(([id, type]) => ({ id, ...type })),
      ({ id, policy, entitlements }, named) => ({
        ...named,
        name: venue.types.get(id)?.name ?? '',
        colour: venue.types.get(id)?.colour ?? '',
        policy: { kind: policy.kind, n: policy.kind === 'n_times' ? policy.n : null },
        entitlements: entitlements.map(({ areaId, startsAt, endsAt }) => ({
          ...{ startsAt, endsAt },
          areaId: String(areaId),
        })),
      }),
    ),
    keys: keys.map(({ keyId, publicKey }) => ({
      id: keyId,
      publicKey: Buffer.from(publicKey).toString('base64url'),
    })),
  };
}
