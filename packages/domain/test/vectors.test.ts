import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  decideScan,
  formatBarcode,
  parseBarcode,
  parseCode,
  parseId,
  venueRules,
  withCheckDigits,
  type RowId,
} from '../src/index.ts';
import * as browser from '../src/token/browser.ts';
import type { CryptoKey } from 'jose';
import { admissionVectors, barcodeVectors, tokenVectors, vectorText } from './vectors.ts';
import type { AdmissionFile, BarcodeFile, TokenFile } from './vector-files.ts';

function textOf(name: string): string {
  return readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8');
}

describe('the files are what the package makes (pnpm vectors)', () => {
  test.each([
    ['token', tokenVectors],
    ['barcode', barcodeVectors],
    ['admission', admissionVectors],
  ])('%s.json', (name, make) => {
    expect(textOf(name)).toBe(vectorText(make()));
  });
});

describe('token.json, read as another runtime would', async () => {
  const file = JSON.parse(textOf('token')) as TokenFile;
  const keys = new Map<number, CryptoKey>();
  for (const { keyId, publicKey } of file.keys) {
    keys.set(keyId, await browser.importPublicKey(Uint8Array.from(Buffer.from(publicKey, 'hex'))));
  }
  const verify = async (text: string) => {
    const code = parseCode(text);
    if (code.kind !== 'token') return { kind: code.kind };
    const verification = await browser.verifyToken(code, (keyId) => keys.get(keyId));
    return { kind: code.kind, verification };
  };

  test.each(file.tokens)('T-2 T-3 $title', async ({ token, claims, signed }) => {
    const code = parseCode(token);
    if (code.kind !== 'token') throw new Error(code.kind);
    expect(code.claims.passId.toString()).toBe(claims.passId);
    expect(code.claims.eventId.toString()).toBe(claims.eventId);
    expect(code.claims.policy).toEqual(claims.policy);
    expect(Buffer.from(code.signedBytes).toString('hex')).toBe(signed);
    expect(await verify(token)).toEqual({ kind: 'token', verification: 'valid' });
  });

  test.each(file.others)(
    'T-5 T-7 T-8 $title: $kind $verification',
    async ({ text, kind, verification }) => {
      expect(await verify(text)).toEqual(
        verification === undefined ? { kind } : { kind, verification },
      );
    },
  );
});

describe('barcode.json', () => {
  const file = JSON.parse(textOf('barcode')) as BarcodeFile;

  test.each(file.numbers)('T-20 $written', ({ payload, number, written }) => {
    expect(withCheckDigits(payload)).toBe(number);
    expect(parseBarcode(written)).toEqual({ ok: true, value: number });
    expect(formatBarcode(withCheckDigits(payload))).toBe(written);
  });

  test.each(file.refused)('T-20 "$text" is $problem', ({ text, problem }) => {
    expect(parseBarcode(text)).toEqual({ ok: false, problem });
  });
});

describe('admission.json, read as another runtime would', () => {
  const { rules: rows, cases } = JSON.parse(textOf('admission'), revive) as AdmissionFile;
  const rules = venueRules(rows);

  test.each(cases)('$title', ({ pass, finding, scan, device, occupancy, decision }) => {
    const checkpointIds = device.checkpointIds && new Set(device.checkpointIds);
    const people = new Map(occupancy.map(({ areaId, people }) => [areaId, people]));
    expect(decideScan(rules, pass, finding, scan, { ...device, checkpointIds }, people)).toEqual(
      decision,
    );
  });
});

/** Ids and instants as the engine has them. */
function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const id = parseId<RowId>(value);
  if (id.ok) return id.value;
  return /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
}
