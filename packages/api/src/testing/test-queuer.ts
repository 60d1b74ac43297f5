import type { Db } from '@catraca/db';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import type { ApiContext } from '../context.ts';
import { createCaller } from '../router.ts';
import type { PlaceAct } from '../waiting-room/proof.ts';
import { testContext } from './test-context.ts';

/** A browser that waits: it keeps the cookies of its places, and a key of its own. */
export interface TestQueuer {
  call(change?: Partial<ApiContext>): Promise<ReturnType<typeof createCaller>>;
  /** Takes a place. */
  join(slug: string, now: Date): Promise<unknown>;
  /** A proof as the page makes it; `change` spoils it. */
  prove(slug: string, act: PlaceAct, now: Date, change?: ProofChange): Promise<string>;
  readonly key: JWK;
  cookies: Map<string, string>;
}

export interface ProofChange {
  jti?: string;
  type?: string;
  jwk?: JWK;
}

let networks = 0;

export async function testQueuer(db: Db): Promise<TestQueuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = await exportJWK(publicKey);
  const address = `198.51.100.${++networks}`;
  const queuer: TestQueuer = {
    key,
    cookies: new Map(),
    async call(change = {}) {
      const base = await testContext(db, null);
      const places = {
        read: (slug: string) => queuer.cookies.get(slug),
        keep: (slug: string, token: string) => void queuer.cookies.set(slug, token),
      };
      const buyer = { networkKey: base.limitKeys.network(address) };
      return createCaller({ ...base, places, buyer, ...change });
    },
    async join(slug, now) {
      return (await queuer.call({ now })).waitingRoom.join({ slug, key: keyInput(key) });
    },
    prove: (slug, act, now, change = {}) =>
      new SignJWT({ evt: slug, act, jti: change.jti ?? crypto.randomUUID() })
        .setProtectedHeader({
          alg: 'ES256',
          typ: change.type ?? 'catraca-place+jwt',
          jwk: change.jwk ?? key,
        })
        .setIssuedAt(now)
        .sign(privateKey),
  };
  return queuer;
}

function keyInput({ x = '', y = '' }: JWK) {
  return { kty: 'EC', crv: 'P-256', x, y } as const;
}
