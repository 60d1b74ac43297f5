import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clampCode,
  codeLengthMax,
  liveClientFrameBytesMax,
  parseGateClientFrame,
  parseGateServerFrame,
  parseLiveClientFrame,
  parseLiveServerFrame,
  parseScansBody,
  refusedSchema,
  scanFrameBytesMax,
  scansBodyBytesMax,
  scansPerRequestMax,
  type Frame,
  type ParsedFrame,
} from '../src/index.ts';
import {
  gateClientMessages,
  gateServerMessages,
  liveClientMessages,
  liveServerMessages,
  scan,
} from './samples.ts';

const parsers: [string, (frame: Frame) => ParsedFrame<{ type: string }>, readonly object[]][] = [
  ['gate client', parseGateClientFrame, gateClientMessages],
  ['gate server', parseGateServerFrame, gateServerMessages],
  ['live client', parseLiveClientFrame, liveClientMessages],
  ['live server', parseLiveServerFrame, liveServerMessages],
];

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Any frame: bytes, texts, JSON of anything, and messages with one field spoiled. */
const garbage: fc.Arbitrary<Frame> = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.json(),
  fc.anything({ withNullPrototype: true }).map((value) => JSON.stringify(value) ?? ''),
  fc
    .tuple(
      fc.constantFrom(
        ...[
          ...gateClientMessages,
          ...gateServerMessages,
          ...liveClientMessages,
          ...liveServerMessages,
        ],
      ),
      fc.nat(20),
      fc.oneof(fc.jsonValue(), fc.constant('__proto__')),
    )
    .map(([message, at, value]) => {
      const fields = Object.entries(message);
      return JSON.stringify(
        Object.fromEntries(
          fields.map(([name, old], i) => [name, i === at % fields.length ? value : old]),
        ),
      );
    }),
);

describe.each(parsers)('%s frames', (_, parse, samples) => {
  test('P-1 each message comes through, as text and as bytes', () => {
    for (const message of samples) {
      const text = JSON.stringify(message);
      expect(parse(text)).toEqual({ ok: true, message });
      expect(parse(bytesOf(text))).toEqual({ ok: true, message });
      expect(parse(bytesOf(text).buffer)).toEqual({ ok: true, message });
    }
  });

  test('P-1 P-3 garbage has an answer of the protocol', () => {
    fc.assert(
      fc.property(garbage, (frame) => {
        const parsed = parse(frame);
        if (!parsed.ok) expect(refusedSchema.safeParse(parsed.refused).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('P-4 a field of a later version is ignored', () => {
    for (const message of samples) {
      expect(parse(JSON.stringify({ ...message, laterField: { a: 1 } }))).toEqual({
        ok: true,
        message,
      });
    }
  });
});

describe('a scan', () => {
  const problemWith = (change: object) => {
    const parsed = parseGateClientFrame(JSON.stringify({ ...scan, ...change }));
    return parsed.ok ? undefined : parsed.refused;
  };

  test.each([
    ['scanId', undefined],
    ['scanId', 'bc1c2b3e-4f5a-4b6c-8d7e-9f0a1b2c3d4e'],
    ['scanId', scan.scanId.toUpperCase()],
    ['code', ''],
    ['code', 'A'.repeat(codeLengthMax + 1)],
    ['code', 'CT\0'],
    ['checkpointId', 281474976710657],
    ['checkpointId', '-1'],
    ['checkpointId', '0'],
    ['checkpointId', '1'.repeat(20)],
    ['direction', 'sideways'],
    ['scannedAt', 'yesterday'],
    ['scannedAt', '2027-02-30T10:00:00Z'],
    ['scannedAt', 1809165600000],
    ['type', 'scam'],
  ])(
    'P-1 P-3 with %s %j is malformed, and the answer says which scan and field',
    (field, value) => {
      const refused = problemWith({ [field]: value });
      expect(refused?.code).toBe('malformed');
      expect(refused?.message).toMatch(new RegExp(`^${field}: `));
      expect(refused?.scanId).toBe(field === 'scanId' ? undefined : scan.scanId);
    },
  );

  test('P-3 nothing that was sent comes back', () => {
    const refused = problemWith({ code: 7, direction: 'secret-direction', type: 'scan' });
    expect(JSON.stringify(refused)).not.toContain('secret-direction');
  });

  test('P-2 a frame is refused by its bytes, before it is read', () => {
    const padded = (bytes: number) => JSON.stringify(scan).padEnd(bytes, ' ');
    expect(parseGateClientFrame(padded(scanFrameBytesMax)).ok).toBe(true);
    for (const frame of [padded(scanFrameBytesMax + 1), bytesOf(padded(scanFrameBytesMax + 1))]) {
      expect(parseGateClientFrame(frame)).toMatchObject({
        ok: false,
        refused: { code: 'too_large' },
      });
    }
    // Three bytes a letter: few enough letters, too many bytes.
    const wide = `"${'€'.repeat(scanFrameBytesMax / 2)}"`;
    expect(parseGateClientFrame(wide)).toMatchObject({ refused: { code: 'too_large' } });
    expect(parseLiveClientFrame('9'.repeat(liveClientFrameBytesMax + 1))).toMatchObject({
      refused: { code: 'too_large' },
    });
  });

  test('P-2 the longest code fits its frame, however JSON writes it', () => {
    const worst = { ...scan, code: '\u0001'.repeat(codeLengthMax) };
    expect(parseGateClientFrame(JSON.stringify(worst)).ok).toBe(true);
    const wide = { ...scan, code: '€'.repeat(codeLengthMax) };
    expect(parseGateClientFrame(bytesOf(JSON.stringify(wide))).ok).toBe(true);
  });

  test('P-2 any code a camera reads is sent, and a code of ours unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 2000 }), (text) => {
        const code = clampCode(text);
        fc.pre(code !== '');
        expect(problemWith({ code })).toBeUndefined();
      }),
    );
    expect(clampCode(' CT040G2001\r\n')).toBe('CT040G2001');
  });
});

describe('the body of POST /v1/scans', () => {
  const { type: _, ...request } = scan;
  const good = { ok: true, message: request };

  test('P-7 one scan or several, and a malformed one is refused in its place', () => {
    expect(parseScansBody(JSON.stringify(request))).toEqual({
      ok: true,
      single: true,
      items: [good],
    });
    expect(parseScansBody('[]')).toEqual({ ok: true, single: false, items: [] });
    const parsed = parseScansBody(
      JSON.stringify([request, { ...request, direction: 'up' }, null, request]),
    );
    expect(parsed).toMatchObject({
      ok: true,
      single: false,
      items: [
        good,
        { ok: false, refused: { code: 'malformed', scanId: request.scanId } },
        { ok: false, refused: { code: 'malformed' } },
        good,
      ],
    });
  });

  test('P-2 P-7 too many scans or bytes are refused altogether', () => {
    const scans = (count: number) => JSON.stringify(Array.from({ length: count }, () => request));
    expect(parseScansBody(scans(scansPerRequestMax))).toMatchObject({ ok: true });
    expect(parseScansBody(scans(scansPerRequestMax + 1))).toMatchObject({
      ok: false,
      refused: { code: 'too_large' },
    });
    expect(parseScansBody(' '.repeat(scansBodyBytesMax + 1))).toMatchObject({
      ok: false,
      refused: { code: 'too_large' },
    });
  });

  test('P-1 garbage has an answer of the protocol', () => {
    fc.assert(
      fc.property(garbage, (body) => {
        const parsed = parseScansBody(body);
        const refusals = parsed.ok
          ? parsed.items.flatMap((item) => (item.ok ? [] : [item.refused]))
          : [parsed.refused];
        expect(refusals.every((refused) => refusedSchema.safeParse(refused).success)).toBe(true);
      }),
    );
  });
});
