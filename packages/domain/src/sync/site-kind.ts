/** One cloud, and venues around it: an event is shared by the cloud and at most one venue. */
export type SiteKind = 'cloud' | 'venue';

/** A running installation, as the other one of an event knows it. */
export interface Site {
  /** 1 to 255 (SPEC I-1). */
  readonly no: number;
  readonly kind: SiteKind;
}
