import { memberRoles } from '@catraca/db';
import { demoPassword, demoSlug } from '@catraca/db/seed';
import path from 'node:path';
import type { ServiceEnvironment } from './environment.ts';
import { dataDir, root } from './paths.ts';

/** What people read when everything runs: where to go, and as whom. */
export function greeting(environment: ServiceEnvironment, demo: boolean): string {
  const web = environment.WEB_ORIGIN;
  const addresses = [
    ['Storefront', web],
    ['Scanner', `${web}/scan`],
    ['Control room', demo ? `${web}/control/${demoSlug}` : `${web}/control`],
    ['Admin', `${web}/admin`],
    ...(environment.MAILBOX_DIR ? [['Captured mail', `${web}/dev/mail`]] : []),
    ['Gate', environment.REALTIME_URL],
  ];
  const lines = addresses.map(([name, address]) => `  ${name?.padEnd(15)} ${address}`);
  return `
Catraca is running.

${lines.join('\n')}
${demo ? accounts() : ''}
Logs are in ${path.relative(root, dataDir)}/logs. Ctrl-C ends everything.`;
}

function accounts(): string {
  const addresses = memberRoles.map((role) => `  ${role}@catraca.example`);
  return `
Demo accounts, all with the password ${demoPassword}:

${addresses.join('\n')}
`;
}
