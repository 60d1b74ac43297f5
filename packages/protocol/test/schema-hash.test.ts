import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
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
};

/**
 * What travels, in one number. When this fails you have changed a message: write the new hash here, and raise PROTOCOL_VERSION if a reader
 * of the old one cannot take it (a field gone, renamed or newly required, a new meaning).
 */
const pinned = {
  version: 1,
  hash: '9bca2718c74f79f79eebda0354c2b384763a28c4c808a07930e4694f602ff288',
};

test('P-5 the messages are those of this version', () => {
  const described = Object.entries(schemas).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { io: 'input' }),
  ]);
  const hash = createHash('sha256').update(JSON.stringify(described)).digest('hex');
  expect({ version: PROTOCOL_VERSION, hash }).toEqual(pinned);
});
