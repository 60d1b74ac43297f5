import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { dataDir } from './paths.ts';

const file = path.join(dataDir, 'secrets.json');

const Secrets = z.object({
  /** Signs sessions, order links and live tokens. */
  CATRACA_SECRET: z.string().length(64),
  /** Encrypts the private signing keys in the database: without it their tickets still verify, but no new one is signed. */
  CATRACA_MASTER_KEY: z.string().length(64),
});
export type Secrets = z.infer<typeof Secrets>;

/** This installation's secrets: made at its first start, the environment's where it names them. Never print them. */
export function loadSecrets(): Secrets {
  return Secrets.parse({ ...readOrMake(), ...fromEnvironment() });
}

function readOrMake(): Secrets {
  if (existsSync(file)) return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  const made: Secrets = { CATRACA_SECRET: randomKey(), CATRACA_MASTER_KEY: randomKey() };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}

function fromEnvironment(): Partial<Secrets> {
  const { CATRACA_SECRET, CATRACA_MASTER_KEY } = process.env;
  return {
    ...(CATRACA_SECRET ? { CATRACA_SECRET } : {}),
    ...(CATRACA_MASTER_KEY ? { CATRACA_MASTER_KEY } : {}),
  };
}

export function randomKey(): string {
  return randomBytes(32).toString('hex');
}

/** 32 bytes. */
export function masterKeyOf(secrets: Secrets): Uint8Array {
  return Buffer.from(secrets.CATRACA_MASTER_KEY, 'hex');
}
