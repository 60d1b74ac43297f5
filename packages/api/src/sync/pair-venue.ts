import { becomeVenue, type Db, digestOfSeal, drawSeal } from '@catraca/db';
import { pairAnswerSchema, pairRefusedSchema, SYNC_VERSION } from '@catraca/protocol';

const answerWithinMs = 15_000;

export type PairVenueResult =
  | { ok: true; name: string; number: number }
  /** `away`: the cloud did not answer. `insecure`: a cloud that is not this machine is asked over HTTPS only. Others: `PairRefusal`. */
  | { ok: false; problem: string };

/** Makes this machine, with its empty database, the venue that an admin of the cloud showed a code for. */
export async function pairVenue(
  db: Db,
  masterKey: Uint8Array,
  cloud: { url: string; code: string },
): Promise<PairVenueResult> {
  if (!isSecure(cloud.url)) return { ok: false, problem: 'insecure' };
  const seal = drawSeal();
  const request = { version: SYNC_VERSION, code: cloud.code, seal: digestOfSeal(seal) };
  const said = await ask(cloud.url, request);
  const answer = pairAnswerSchema.safeParse(said);
  if (!answer.success) {
    const refused = pairRefusedSchema.safeParse(said);
    return { ok: false, problem: refused.success ? refused.data.refused : 'away' };
  }
  const { keyExpiresAt, ...paired } = answer.data;
  const own = { url: cloud.url, seal, masterKey };
  await becomeVenue(db, { ...paired, keyExpiresAt: new Date(keyExpiresAt) }, own);
  return { ok: true, name: paired.site.name, number: paired.site.number };
}

/** A site's key is never sent in the clear, but for tests and trials on one machine. */
export function isSecure(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

async function ask(url: string, request: object): Promise<unknown> {
  try {
    const response = await fetch(new URL('/sync/pair', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    return await response.json();
  } catch {
    return undefined;
  }
}
