import {
  decideScan,
  formatBarcode,
  instantOfTokenMinute,
  numbersOf,
  parseBarcode,
  parseCode,
  withCheckDigits,
  type PassClaims,
} from '../src/index.ts';
import { bytesToSign } from '../src/token/code.ts';
import { privateKeyOf, publicKeyOf, signToken, verifyToken } from '../src/token/node.ts';
import { admissionCases } from './admission-cases.ts';
import { convention } from './convention.ts';
import { tokenCases, vectorKeys } from './token-cases.ts';

/*
 * The cases of `vectors/*.json`, which every runtime must pass. Ids are decimal strings there, instants ISO 8601, bytes hex.
 */

export function tokenVectors(): object {
  const keys = vectorKeys.map(({ keyId, seed, publicKey }) => ({
    keyId,
    seed: hex(seed),
    publicKey: hex(publicKey),
  }));
  return {
    keys,
    tokens: tokenCases.map(({ title, claims }) => tokenVector(title, claims)),
    others: otherCodes(),
  };
}

function tokenVector(title: string, claims: PassClaims): object {
  const token = signToken(claims, privateKeyOf(keyOf(claims.keyId).seed));
  const issuedAt = new Date(instantOfTokenMinute(claims.issuedAt)).toISOString();
  const named = { areas: numbersOf(claims.areas), days: numbersOf(claims.days), issuedAt };
  return { title, claims: { ...claims, ...named }, signed: hex(bytesToSign(claims)), token };
}

function keyOf(keyId: number) {
  const key = vectorKeys.find((key) => key.keyId === keyId);
  if (key === undefined) throw new Error(`no vector has the key ${keyId}`);
  return key;
}

/** Codes that are not a valid token: what they are read as, and for our shape what verification says. */
function otherCodes(): object[] {
  const [first] = tokenCases;
  if (first === undefined) throw new Error('there are tokens');
  const good = signToken(first.claims, privateKeyOf(keyOf(first.claims.keyId).seed));
  const changed = (at: number, letter: string) => good.slice(0, at) + letter + good.slice(at + 1);
  const unknownKey = signToken(
    { ...first.claims, keyId: 0xffff },
    privateKeyOf(vectorKeys[0]?.seed ?? new Uint8Array()),
  );
  const codes: [string, string][] = [
    ['lower case and white space', ` ${good.toLowerCase()}\n`],
    ['a letter of the claims changed', changed(30, good[30] === '0' ? '1' : '0')],
    ['a letter of the signature changed', changed(153, good[153] === '0' ? '1' : '0')],
    ['a key nobody has', unknownKey],
    ['a version to come', `CT08${good.slice(4)}`],
    ['cut short', good.slice(0, -1)],
    ['a letter that is not of base32', changed(30, 'U')],
    ['another prefix', `XT${good.slice(2)}`],
    ['a web address', 'https://tickets.example/t/42'],
    ['nothing', ''],
  ];
  return codes.map(([title, text]) => ({ title, text, ...readAs(text) }));
}

function readAs(text: string): { kind: string; verification?: string } {
  const code = parseCode(text);
  if (code.kind !== 'token') return { kind: code.kind };
  const publicKeys = new Map(vectorKeys.map((key) => [key.keyId, publicKeyOf(key.publicKey)]));
  return { kind: code.kind, verification: verifyToken(code, (keyId) => publicKeys.get(keyId)) };
}

export function barcodeVectors(): object {
  const payloads = [
    '00000000000000',
    '12345678901234',
    '99999999999999',
    '00000000000794',
    '31415926535897',
  ];
  const refused = [
    '',
    '1234567890123482',
    '12345678901234 28',
    '123456789012342',
    '12345678901234280',
    '1234 5678 9012 342X',
  ];
  return {
    numbers: payloads.map((payload) => {
      const number = withCheckDigits(payload);
      return { payload, number, written: formatBarcode(number) };
    }),
    refused: refused.map((text) => ({ text, problem: problemOf(text) })),
  };
}

function problemOf(text: string): string {
  const parsed = parseBarcode(text);
  if (parsed.ok) throw new Error(`${text} is a barcode number`);
  return parsed.problem;
}

export function admissionVectors(): object {
  const { areas, checkpoints, types, ...event } = convention;
  const rules = {
    ...event,
    areas: [...areas.values()],
    checkpoints: [...checkpoints.values()],
    types: [...types].map(([id, type]) => ({ id, ...type })),
  };
  const cases = admissionCases.map(({ title, pass, finding, scan, device, occupancy }) => ({
    title,
    pass,
    finding,
    scan,
    device,
    occupancy: [...occupancy].map(([areaId, people]) => ({ areaId, people })),
    decision: decideScan(convention, pass, finding, scan, device, occupancy),
  }));
  return { rules, cases };
}

const instants = new Set(['at', 'startsAt', 'endsAt']);

/** The text of a vectors file. */
export function vectorText(vectors: object): string {
  const plain = (key: string, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    if (value instanceof Set) return [...value];
    return typeof value === 'number' && instants.has(key) ? new Date(value).toISOString() : value;
  };
  return `${JSON.stringify(vectors, plain, 2)}\n`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
