declare const brand: unique symbol;

/** A `Base` that cannot be mistaken for another `Base`: the name exists in the types only. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A row's id: 64 bits, the site's number and the site's own counter (`site-id.ts`). In JSON: a decimal string. */
export type RowId<Name extends string = string> = Branded<bigint, Name>;

export type EventId = RowId<'event'>;
export type AreaId = RowId<'area'>;
export type CheckpointId = RowId<'checkpoint'>;
/** A ticket type or a credential type: a gate treats both alike. */
export type TypeId = RowId<'type'>;
export type PassId = RowId<'pass'>;
export type DeviceId = RowId<'device'>;

/** A scan's id: UUIDv7, made on the device, so that sending again is the same scan. */
export type ScanId = Branded<string, 'scan'>;
/** What a URL shows of an order, a hold or an event: UUIDv4, which nobody can guess. */
export type PublicId = Branded<string, 'public'>;
