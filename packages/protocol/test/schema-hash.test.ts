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
  hash: 'a89fc2c0d8f849f9e1a45898361165bafb428f5d3d960074574a564589facd1d',
};

test('P-5 the messages are those of this version', () => {
  const described = Object.entries(schemas).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { io: 'input' }),
  ]);
  const hash = createHash('sha256').update(JSON.stringify(described)).digest('hex');
  expect({ version: PROTOCOL_VERSION, hash }).toEqual(pinned);
});
