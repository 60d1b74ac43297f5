import { rotatePersonalKey, rotateSigningKey } from '@catraca/db';
import { type Command, CommandError } from '../lib/command.ts';
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

export const rotatePersonalKeyCommand: Command = {
  name: 'keys rotate-personal',
  usage: '',
  summary:
    'Seal personal data with a new key. The worker seals anew what was sealed before, and then the old key is deleted.',
  async run(_args, { db, secrets }) {
    const rotated = await rotatePersonalKey(db, masterKeyOf(secrets));
    if (!rotated.ok) throw new CommandError(refusals[rotated.code]);
    console.log(`Key ${rotated.no} seals personal data from in half a minute on.`);
  },
};

const refusals = {
  at_the_cloud: 'A venue has the keys of its cloud: rotate them there.',
  not_yet: 'The key made last does not seal yet: is the worker running?',
};
