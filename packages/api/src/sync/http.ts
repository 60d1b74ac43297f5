import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type Db, isDiskFull, redeemSiteCode } from '@catraca/db';
import {
  pairRequestSchema,
  type PairAnswer,
  type PairRefusal,
  SYNC_VERSION,
} from '@catraca/protocol';
import type { ExchangeDesk, ExchangeResult } from './answer-exchange.ts';

/** Bytes of a request once it is unpacked: two streams of an event with their most characters, and room for UTF-8. */
const unpackedBytesMax = 32 * 1024 * 1024;

/** Bytes of an answer that are worth packing. */
const packFromBytes = 1_024;

const unpack = promisify(gunzip);
const pack = promisify(gzip);

/** What a cloud without space says (RFC 4918): it was asked for nothing wrong, and is asked again. */
const insufficientStorage = 507;

/** `POST /sync/exchange`, by a venue with its key. */
export async function answerExchangeRequest(
  desk: ExchangeDesk,
  request: Request,
  now: Date,
): Promise<Response> {
  const key = /^Bearer ([\w-]{20,100})$/.exec(request.headers.get('authorization') ?? '')?.[1];
  const body = await readJson(request);
  let result: ExchangeResult;
  try {
    result = await desk.answer(key ?? null, body, now);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    return new Response('The disk is full.', { status: insufficientStorage });
  }
  if (result.ok) return packed(result.answer);
  const { refused, message } = result;
  return Response.json({ refused, message: message.slice(0, 200) }, { status: statusOf[refused] });
}

const statusOf = {
  malformed: 400,
  other_version: 409,
  unknown_key: 401,
  key_expired: 401,
  revoked: 403,
  fenced: 403,
  clock_wrong: 409,
};

/** `POST /sync/pair`, by a machine that becomes a venue. */
export async function answerPairRequest(db: Db, request: Request, now: Date): Promise<Response> {
  const parsed = pairRequestSchema.safeParse(await readJson(request));
  if (!parsed.success) return refusePairing('malformed', 400);
  if (parsed.data.version !== SYNC_VERSION) return refusePairing('other_version', 409);
  const result = await redeemSiteCode(db, parsed.data, now);
  if (!result.ok) return refusePairing(result.code, result.code === 'code_unknown' ? 404 : 409);
  const { keyExpiresAt, ...paired } = result.paired;
  const answer: PairAnswer = { ...paired, keyExpiresAt: keyExpiresAt.toISOString() };
  return Response.json(answer);
}

function refusePairing(refused: PairRefusal, status: number): Response {
  return Response.json({ refused, message: refused }, { status });
}

/** The body, or undefined when it is no JSON, no gzip, or unpacks to more than it may: never more than that is unpacked. */
async function readJson(request: Request): Promise<unknown> {
  try {
    const bytes = Buffer.from(await request.arrayBuffer());
    const isPacked = request.headers.get('content-encoding') === 'gzip';
    const text = isPacked ? await unpack(bytes, { maxOutputLength: unpackedBytesMax }) : bytes;
    return JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}

async function packed(answer: unknown): Promise<Response> {
  const bytes = Buffer.from(JSON.stringify(answer));
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  if (bytes.length < packFromBytes) return new Response(bytes, { headers });
  const smaller = new Uint8Array(await pack(bytes, { level: 3 }));
  return new Response(smaller, { headers: { ...headers, 'content-encoding': 'gzip' } });
}
