import { z } from 'zod';
import { countField, idField, instantField, nameField } from '../fields.ts';

/** Raised when sites of another version could not understand each other's messages or facts any more. */
export const SYNC_VERSION = 2;

/** Facts of one stream in one message. */
export const factsPerMessageMax = 1_000;

/** Characters of the facts' bodies in one message, unless it is one fact: compressed it stays below what a request may have. */
export const factsLengthMax = 1_000_000;

/** Events that one venue shares. */
export const eventsPerSiteMax = 50;

const seal = z.string().regex(/^[0-9a-f]{64}$/);
const siteNumber = z.int().min(1).max(255);

export const factSchema = z.object({
  no: z.int().positive(),
  id: z.uuid(),
  kind: z.string().max(32),
  at: z.string().max(40),
  /** JSON text, read by PostgreSQL alone. */
  body: z.string(),
});

const cursorSchema = z.object({ no: countField, id: z.uuid().nullable() });

/** A piece of one author's stream: facts without a gap, after the one with this id. */
export const factBatchSchema = z.object({
  afterId: z.uuid().nullable(),
  facts: z.array(factSchema).max(factsPerMessageMax),
  /** Facts that wait behind these. */
  waiting: countField,
});
export type FactBatchMessage = z.infer<typeof factBatchSchema>;

const batches = z.object({ sales: factBatchSchema, scans: factBatchSchema });
const cursors = z.object({ sales: cursorSchema, scans: cursorSchema });

/** A venue's side of one exchange. */
export const exchangeRequestSchema = z.object({
  version: z.int(),
  /** The venue's own clock. */
  clock: instantField,
  /** SHA-256 of the seal it proves itself with, and of the one it will the next time. */
  seal,
  nextSeal: seal,
  /** What it has of the cloud's members and keys (`profileSchema.hash`); null at first. */
  profileHash: z.string().max(64).nullable(),
  /** Its public keys, by which the cloud verifies its tickets. */
  keys: z.array(z.object({ keyId: z.int().positive(), publicKey: seal, retired: z.boolean() })),
  events: z
    .array(z.object({ eventId: idField, taken: cursors, facts: batches }))
    .max(eventsPerSiteMax),
  /** Units of a type that it could sell and does not have. */
  asks: z.array(z.object({ typeId: idField, units: z.int().positive().max(100_000) })).max(500),
});
export type ExchangeRequest = z.infer<typeof exchangeRequestSchema>;

/** Why facts were not taken: `TakeRefusal` of @catraca/db. */
const takeRefusalSchema = z.object({ code: z.string(), no: z.int().nullable(), why: z.string() });

/** Who may sign in, and whose signatures count: as it is at the cloud, replaced as a whole. Rows as JSON text. */
export const profileSchema = z.object({
  hash: z.string().max(64),
  rows: z.string(),
  /** The keys of personal data, sealed with the site's key: base64. */
  personalKeys: z.string().max(20_000),
});

/** The cloud's side. */
export const exchangeAnswerSchema = z.object({
  version: z.int(),
  clock: instantField,
  site: z.object({ number: siteNumber, name: nameField }),
  profile: profileSchema.nullable(),
  events: z
    .array(
      z.object({
        eventId: idField,
        /** How far the venue's facts are taken, these included; and why not all of them. */
        taken: cursors,
        refused: z.object({
          sales: takeRefusalSchema.nullable(),
          scans: takeRefusalSchema.nullable(),
        }),
        facts: batches,
      }),
    )
    .max(eventsPerSiteMax),
  /** Events that the venue no longer, or not yet, shares. */
  preparing: z.array(idField),
  /** Units that the cloud would have back, at most so many. */
  asksBack: z.array(z.object({ typeId: idField, units: z.int().positive() })).max(500),
});
export type ExchangeAnswer = z.infer<typeof exchangeAnswerSchema>;

/**
 * Why there was no exchange; nothing was taken. `fenced`: another machine exchanged as this venue, or this one was restored:
 * it is paired anew, as a new site. `clock_wrong`: the clocks are hours apart.
 */
export const exchangeRefusals = [
  'malformed',
  'other_version',
  'unknown_key',
  'key_expired',
  'revoked',
  'fenced',
  'clock_wrong',
] as const;
export type ExchangeRefusal = (typeof exchangeRefusals)[number];
export const exchangeRefusedSchema = z.object({
  refused: z.enum(exchangeRefusals),
  message: z.string().max(200),
});

/** A machine becomes a venue: the code an admin of the cloud showed, and the SHA-256 of its first seal. */
export const pairRequestSchema = z.object({
  version: z.int(),
  code: z.string().max(40),
  seal,
});
export type PairRequest = z.infer<typeof pairRequestSchema>;

export const pairAnswerSchema = z.object({
  site: z.object({ number: siteNumber, name: nameField }),
  cloud: z.object({ number: siteNumber, name: nameField }),
  organization: z.object({ id: z.string().max(64), name: nameField, slug: z.string().max(100) }),
  /** What it shows with each exchange. Not for logs. */
  key: z.string().max(100),
  /** As in a profile. */
  personalKeys: z.string().max(20_000),
  keyExpiresAt: instantField,
});
export type PairAnswer = z.infer<typeof pairAnswerSchema>;

export const pairRefusals = [
  'malformed',
  'other_version',
  'code_unknown',
  'code_expired',
  'code_used',
  'no_more_sites',
] as const;
export type PairRefusal = (typeof pairRefusals)[number];
export const pairRefusedSchema = z.object({
  refused: z.enum(pairRefusals),
  message: z.string().max(200),
});
