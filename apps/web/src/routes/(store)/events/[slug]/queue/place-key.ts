import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { SignJWT } from 'jose';

/** The public half of a browser's key, as joining tells it. */
export interface PublicKey {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
}

/** What a proof is for. */
export type PlaceAct = 'enter' | 'hold' | 'leave';

interface KeptKey {
  /** Not extractable: no script can read it out, ours neither. */
  privateKey: CryptoKey;
  publicKey: PublicKey;
}

interface Schema extends DBSchema {
  keys: { key: string; value: KeptKey };
}

/** Why this browser can have no place. */
export class NoKey extends Error {
  readonly why: 'insecure' | 'no_store';
  constructor(why: NoKey['why']) {
    super(why);
    this.why = why;
  }
}

const keySettings = { name: 'ECDSA', namedCurve: 'P-256' };

function open(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>('catraca-places', 1, {
    upgrade: (created) => void created.createObjectStore('keys'),
  });
}

/**
 * The public half of the key that this browser has for an event's waiting room, made when there is none. Of two tabs that make
 * one at the same time, both get the first. @throws NoKey
 */
export async function placeKey(slug: string): Promise<PublicKey> {
  return (await keptKey(slug)).publicKey;
}

/** Forgets the key, so that the next place is a new one. */
export async function forgetPlaceKey(slug: string): Promise<void> {
  await (await open()).delete('keys', slug);
}

/**
 * Shows that it is this browser that has the place: a JWT over the event, the act and the server's time (ms), good for a minute
 * and for once. @throws NoKey
 */
export async function prove(slug: string, act: PlaceAct, now: number): Promise<string> {
  const { privateKey, publicKey } = await keptKey(slug);
  return new SignJWT({ evt: slug, act, jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: 'ES256', typ: 'catraca-place+jwt', jwk: publicKey })
    .setIssuedAt(Math.floor(now / 1000))
    .sign(privateKey);
}

async function keptKey(slug: string): Promise<KeptKey> {
  // Only secure pages have it, and those of this machine itself.
  if (!globalThis.isSecureContext) throw new NoKey('insecure');
  try {
    const db = await open();
    const known = await db.get('keys', slug);
    if (known) return known;
    const made = await makeKey();
    const change = db.transaction('keys', 'readwrite');
    const first = await change.store.get(slug);
    if (!first) await change.store.put(made, slug);
    await change.done;
    return first ?? made;
  } catch {
    throw new NoKey('no_store');
  }
}

async function makeKey(): Promise<KeptKey> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(keySettings, false, [
    'sign',
    'verify',
  ]);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  return { privateKey, publicKey: { kty: 'EC', crv: 'P-256', x, y } };
}
