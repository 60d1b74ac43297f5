import path from 'node:path';
import { AcmeAccount } from './certificates/acme-account.ts';
import type { CertificateSource } from './certificates/certificate-source.ts';
import { LocalAuthority, permittedNames } from './certificates/local-authority.ts';
import { PublicAuthority } from './certificates/public-authority.ts';
import type { GatewaySettings } from './env.ts';
import { machineInterfaces, machineName, machineNames } from './machine-names.ts';
import type { Trust } from './nginx-config.ts';

export interface ChosenTrust {
  readonly source: CertificateSource;
  readonly trust: Trust;
  /** Where the certificate is, with its key. */
  readonly tlsFile: string;
}

const now = () => new Date();

/** Who vouches for this site: a public authority for a domain, else this machine's own. @throws in words for people. */
export function chooseTrust(settings: GatewaySettings): ChosenTrust {
  return settings.GATEWAY_DOMAIN === '' ? ownTrust(settings) : publicTrust(settings);
}

function publicTrust(settings: GatewaySettings): ChosenTrust {
  const { GATEWAY_DIR: dir, GATEWAY_DOMAIN: domain, ACME_DIRECTORY, ACME_EMAIL } = settings;
  const tlsFile = path.join(dir, 'public.pem');
  const account = AcmeAccount.open(path.join(dir, 'acme-account.pem'));
  const about = { domain, directory: ACME_DIRECTORY, account, email: ACME_EMAIL };
  return {
    source: new PublicAuthority({ ...about, tlsFile, now }),
    trust: { by: 'public', accountThumbprint: account.thumbprint },
    tlsFile,
  };
}

function ownTrust({ GATEWAY_DIR: dir, WEB_ORIGIN }: GatewaySettings): ChosenTrust {
  const machine = machineName();
  const known = WEB_ORIGIN.hostname.replace(/^\[|\]$/g, '');
  if (permittedNames([known]).length === 0) {
    throw new Error(
      `This machine's own authority vouches for private names and addresses only, and ${known} is none. For a certificate that everybody believes: npm start -- --https --domain ${known}`,
    );
  }
  const others = permittedNames(machineNames(machine, machineInterfaces()));
  const names: [string, ...string[]] = [known, ...others.filter((name) => name !== known)];
  const tlsFile = path.join(dir, 'venue.pem');
  return {
    source: new LocalAuthority({ dir, tlsFile, machine, names, now }),
    trust: { by: 'venue' },
    tlsFile,
  };
}
