import fc from 'fast-check';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { buildJwks, signPassJwt, verifyPassJwt } from '../src/token/jwt.ts';
import { generateSigningKey, privateKeyOf, publicKeyOf } from '../src/token/node.ts';
import { anyClaims, garbage, someClaims } from './arbitraries.ts';

const key = generateSigningKey();
const privateKey = privateKeyOf(key.seed);
const publicKey = publicKeyOf(key.publicKey);
const issuer = 'https://tickets.example';
const ours = () => publicKey;

describe('the same claims as a JWT', () => {
  test('T-9 claims come back as they went in', async () => {
    await fc.assert(
      fc.asyncProperty(anyClaims, async (claims) => {
        const jwt = await signPassJwt(claims, privateKey, issuer);
        expect(await verifyPassJwt(jwt, ours, issuer)).toEqual({ ok: true, value: claims });
      }),
      { numRuns: 30 },
    );
  });

  test('T-10 a stranger verifies it with the JWKS alone, retired keys included', async () => {
    const retired = generateSigningKey();
    const jwks = createLocalJWKSet(
      buildJwks([
        { keyId: 0x101, publicKey: retired.publicKey },
        { keyId: 0x102, publicKey: key.publicKey },
      ]),
    );
    const claims = someClaims();
    const old = await signPassJwt({ ...claims, keyId: 0x101 }, privateKeyOf(retired.seed), issuer);
    const young = await signPassJwt({ ...claims, keyId: 0x102 }, privateKey, issuer);
    for (const jwt of [old, young]) {
      const { payload } = await jwtVerify(jwt, jwks, { issuer });
      expect(payload.sub).toBe(claims.passId.toString());
    }
  });

  test('T-9 another key, issuer, algorithm or shape is refused by name', async () => {
    const claims = someClaims();
    const jwt = await signPassJwt(claims, privateKey, issuer);
    const stranger = publicKeyOf(generateSigningKey().publicKey);
    expect(await verifyPassJwt(jwt, () => undefined, issuer)).toEqual({
      ok: false,
      problem: 'unknown_key',
    });
    expect(await verifyPassJwt(jwt, () => stranger, issuer)).toEqual({
      ok: false,
      problem: 'bad_signature',
    });
    expect(await verifyPassJwt(jwt, ours, 'https://other.example')).toEqual({
      ok: false,
      problem: 'wrong_issuer',
    });

    const hmac = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(key.publicKey);
    expect(await verifyPassJwt(hmac, ours, issuer)).toEqual({ ok: false, problem: 'malformed' });
    const oddKid = { alg: 'EdDSA', kid: { toString: 1 } as unknown as string };
    const odd = await new SignJWT({}).setProtectedHeader(oddKid).sign(privateKey);
    expect(await verifyPassJwt(odd, () => undefined, issuer)).toEqual({
      ok: false,
      problem: 'unknown_key',
    });
    const empty = await new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA', kid: '257' })
      .setIssuer(issuer)
      .sign(privateKey);
    expect(await verifyPassJwt(empty, ours, issuer)).toEqual({ ok: false, problem: 'malformed' });
  });

  test('T-9 garbage is refused and never thrown at', async () => {
    const almost = fc
      .tuple(fc.base64String(), fc.base64String(), fc.base64String())
      .map((parts) => parts.join('.'));
    await fc.assert(
      fc.asyncProperty(fc.oneof(garbage, almost), async (text) => {
        expect((await verifyPassJwt(text, ours, issuer)).ok).toBe(false);
      }),
    );
  });

  test('T-9 what one of our keys signed but is no pass is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('evt', 'typ', 'med', 'pol', 'are', 'day'), fc.jsonValue()),
        async (payload) => {
          const jwt = await new SignJWT(payload)
            .setProtectedHeader({ alg: 'EdDSA', kid: '257' })
            .setIssuer(issuer)
            .sign(privateKey);
          expect(await verifyPassJwt(jwt, ours, issuer)).toEqual({
            ok: false,
            problem: 'malformed',
          });
        },
      ),
    );
  });
});
