import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { makeLeaf, makeRequest } from '../x509/certificate.ts';
import type { AcmeAccount } from './acme-account.ts';
import { AcmeLine } from './acme-line.ts';
import type { CertificateSource } from './certificate-source.ts';
import { isNearItsEnd, newKey, readCredentials, writeCredentials } from './pem-file.ts';

/** How often an authority is asked how far it is, and how long it may take, in ms. */
const pollMs = 500;
const provenWithinMs = 45_000;

const status = z.enum(['pending', 'ready', 'processing', 'valid', 'invalid']);
const orderSchema = z.object({
  status,
  authorizations: z.array(z.url()),
  finalize: z.url(),
  certificate: z.url().optional(),
});
const authorizationSchema = z.object({
  status: z.string(),
  challenges: z.array(
    z.object({
      type: z.string(),
      url: z.url(),
      error: z.object({ detail: z.string() }).optional(),
    }),
  ),
});

export interface PublicAuthorityOptions {
  readonly domain: string;
  /** The address of the authority's directory. */
  readonly directory: string;
  readonly account: AcmeAccount;
  /** Whom the authority may write to. */
  readonly email: string | undefined;
  readonly tlsFile: string;
  readonly now: () => Date;
}

/** A certificate that everybody believes, for a name that the internet knows (ACME, RFC 8555, by HTTP-01). */
export class PublicAuthority implements CertificateSource {
  readonly #options: PublicAuthorityOptions;

  constructor(options: PublicAuthorityOptions) {
    this.#options = options;
  }

  /** nginx does not start without a certificate, and no authority gives one before nginx answers: the first signs itself. */
  prepare(): void {
    const { domain, tlsFile, now } = this.#options;
    if (readCredentials(tlsFile) !== undefined) return;
    const key = newKey();
    const life = { from: now(), until: new Date(now().getTime() + provenWithinMs * 2) };
    const issuer = { commonName: 'not yet certified', key };
    writeCredentials(tlsFile, key, makeLeaf({ names: [domain], key, issuer, ...life }));
  }

  async renew(): Promise<boolean> {
    const { domain, tlsFile, now } = this.#options;
    const certificate = readCredentials(tlsFile)?.certificate;
    const isItsOwn = certificate?.verify(certificate.publicKey) ?? true;
    if (!isItsOwn && certificate?.checkHost(domain) && !isNearItsEnd(certificate, now())) {
      return false;
    }
    await this.#obtain();
    return true;
  }

  async #obtain(): Promise<void> {
    const { domain, directory, account, email, tlsFile } = this.#options;
    const line = await AcmeLine.open(directory, account, email);
    const identifiers = [{ type: 'dns', value: domain }];
    const { location, text } = await line.post(line.directory.newOrder, { identifiers });
    const order = orderSchema.parse(JSON.parse(text));
    for (const url of order.authorizations) await prove(line, url);
    const key = newKey();
    await until(line, location, orderSchema, ({ status }) => status === 'ready');
    await line.post(order.finalize, { csr: makeRequest(domain, key).toString('base64url') });
    const done = await until(line, location, orderSchema, ({ status }) => status === 'valid');
    const chain = await line.post(z.url().parse(done.certificate));
    writeCredentials(tlsFile, key, chain.text);
  }
}

/** Says that nginx answers the challenge, and waits until the authority has seen it. */
async function prove(line: AcmeLine, url: string): Promise<void> {
  const authorization = authorizationSchema.parse(JSON.parse((await line.post(url)).text));
  if (authorization.status === 'valid') return;
  const challenge = authorization.challenges.find(({ type }) => type === 'http-01');
  if (challenge === undefined) throw new Error('The authority offers no proof over HTTP.');
  await line.post(challenge.url, {});
  await until(line, url, authorizationSchema, ({ status }) => status === 'valid');
}

interface AcmeState {
  readonly status: string;
  readonly challenges?: readonly { readonly error?: { readonly detail: string } | undefined }[];
}

/** Asks until it is done. @throws when the authority says that it never will be. */
async function until<T extends AcmeState>(
  line: AcmeLine,
  url: string,
  schema: z.ZodType<T>,
  isDone: (state: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + provenWithinMs;
  while (true) {
    const state = schema.parse(JSON.parse((await line.post(url)).text));
    if (isDone(state)) return state;
    if (state.status === 'invalid') {
      const why = state.challenges?.find(({ error }) => error)?.error?.detail;
      throw new Error(`The authority gives no certificate: ${why ?? 'it does not say why'}`);
    }
    if (Date.now() > deadline) throw new Error('The authority does not come to an end.');
    await pause(pollMs);
  }
}
