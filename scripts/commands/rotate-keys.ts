import { rotateSigningKey } from '@catraca/db';
import type { Command } from '../lib/command.ts';
import { masterKeyOf } from '../lib/secrets.ts';

export const rotateKeysCommand: Command = {
  name: 'keys rotate',
  usage: '',
  summary: 'Sign new passes with a new key. Passes already signed stay valid.',
  async run(_args, { db, secrets, now }) {
    const keyId = await rotateSigningKey(db, masterKeyOf(secrets), now);
    console.log(`Key ${keyId} signs from now on.`);
  },
};
