import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  bundleHeadSchema,
  gateClientMessageSchema,
  gateServerMessageSchema,
  liveClientMessageSchema,
  liveServerMessageSchema,
  PROTOCOL_VERSION,
  scanAnswerSchema,
  scanRequestSchema,
} from '../src/index.ts';

const schemas = {
  gateClientMessageSchema,
  gateServerMessageSchema,
  scanRequestSchema,
  scanAnswerSchema,
  liveClientMessageSchema,
  liveServerMessageSchema,
  bundleHeadSchema,
};

/**
 * What travels, in one number. When this fails you have changed a message: write the new hash here, and raise PROTOCOL_VERSION if a reader
 * of the old one cannot take it (a field gone, renamed or newly required, a new meaning).
 */
const pinned = {
  version: 1,
  hash: '914b9b224c33e3806a325583ff36b2ae1398c9fb8ae8722192039219d4ef941c',
};

test('P-5 the messages are those of this version', () => {
  const described = Object.entries(schemas).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { io: 'input' }),
  ]);
  const hash = createHash('sha256').update(JSON.stringify(described)).digest('hex');
  expect({ version: PROTOCOL_VERSION, hash }).toEqual(pinned);
});
