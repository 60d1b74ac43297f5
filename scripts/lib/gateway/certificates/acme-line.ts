import { z } from 'zod';
import type { AcmeAccount } from './acme-account.ts';

/** Past this (ms) an authority that does not answer is away. */
const answerWithinMs = 15_000;

/** A nonce may have grown old between two requests: then another try with a fresh one is due. */
const triesMax = 5;

const directorySchema = z.object({ newNonce: z.url(), newAccount: z.url(), newOrder: z.url() });
const problemSchema = z.object({ type: z.string(), detail: z.string().default('') });

/** What an authority answered. */
export interface AcmeAnswer {
  /** Where the thing that was made is, when something was made. */
  readonly location: string;
  readonly text: string;
}

/** Signed requests to one public authority (RFC 8555, 6). */
export class AcmeLine {
  readonly directory: z.infer<typeof directorySchema>;
  readonly #account: AcmeAccount;
  #accountUrl: string | undefined;
  #nonce: string | undefined;

  private constructor(directory: z.infer<typeof directorySchema>, account: AcmeAccount) {
    this.directory = directory;
    this.#account = account;
  }

  /** Registers the account, or finds it. @throws in words for people. */
  static async open(directoryUrl: string, account: AcmeAccount, email: string | undefined) {
    const directory = directorySchema.parse(await (await send(directoryUrl)).json());
    const line = new AcmeLine(directory, account);
    const contact = email === undefined ? {} : { contact: [`mailto:${email}`] };
    const terms = { termsOfServiceAgreed: true, ...contact };
    line.#accountUrl = (await line.post(directory.newAccount, terms)).location;
    return line;
  }

  /** Without a payload it reads what is there. @throws with what the authority said. */
  async post(url: string, payload?: object): Promise<AcmeAnswer> {
    for (let tries = 1; ; tries++) {
      const nonce = this.#nonce ?? (await this.#newNonce());
      this.#nonce = undefined;
      const body = this.#account.sign(url, nonce, this.#accountUrl, payload);
      const headers = { 'content-type': 'application/jose+json' };
      const answer = await send(url, { method: 'POST', body, headers });
      this.#nonce = answer.headers.get('replay-nonce') ?? undefined;
      const text = await answer.text();
      if (answer.ok) return { location: answer.headers.get('location') ?? '', text };
      const { type, detail } = problemOf(text);
      if (type.endsWith(':badNonce') && tries < triesMax) continue;
      throw new Error(`${new URL(url).host} answers ${answer.status}: ${detail || type}`);
    }
  }

  async #newNonce(): Promise<string> {
    const answer = await send(this.directory.newNonce, { method: 'HEAD' });
    return z.string().parse(answer.headers.get('replay-nonce'));
  }
}

function problemOf(text: string): z.infer<typeof problemSchema> {
  try {
    return problemSchema.parse(JSON.parse(text));
  } catch {
    return { type: 'an answer that is no problem document', detail: '' };
  }
}

async function send(url: string, options: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...options, signal: AbortSignal.timeout(answerWithinMs) });
  } catch (error) {
    throw new Error(`${new URL(url).host} cannot be reached.`, { cause: error });
  }
}
