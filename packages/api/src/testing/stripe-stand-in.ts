import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A checkout as the stand-in keeps it. */
interface Session {
  id: string;
  fields: URLSearchParams;
  paymentIntent: string;
  /** The fingerprint of the card that pays. */
  card: string;
}

/** A request that moved money, with its idempotency key. */
interface Call {
  path: string;
  idempotencyKey: string | null;
  fields: URLSearchParams;
}

/**
 * A server that answers as Stripe documents its API, as far as Catraca uses it: checkout sessions and refunds, form-encoded,
 * behind a bearer key, with idempotency keys honoured; and signs webhooks as Stripe signs them.
 */
export class StripeStandIn {
  readonly secretKey = 'sk_test_stand_in';
  readonly webhookSecret = 'whsec_stand_in';
  readonly calls: Call[] = [];
  /** While true every request is answered as by a Stripe that is down. */
  isDown = false;
  /** The fingerprint of the card that pays for checkouts begun from now on; undefined is a new card each time. */
  card: string | undefined;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #sessions = new Map<string, Session>();
  readonly #answered = new Map<string, object>();

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** The body and signature of the webhook that says a checkout was paid, as Stripe would send it now. */
  paidWebhook(
    sessionId: string,
    change: Record<string, unknown> = {},
    secret = this.webhookSecret,
  ) {
    const session = this.#sessions.get(sessionId);
    if (!session) throw new Error('no such checkout');
    return this.webhook(
      'checkout.session.completed',
      { ...this.#paid(session), ...change },
      secret,
    );
  }

  webhook(
    type: string,
    object: Record<string, unknown>,
    secret = this.webhookSecret,
    at = Date.now(),
  ) {
    const id = `evt_${randomUUID()}`;
    const body = JSON.stringify({ id, object: 'event', type, data: { object } });
    const time = Math.floor(at / 1000);
    const v1 = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
    return { body, signature: `t=${time},v1=${v1}` };
  }

  #paid({ id, fields, paymentIntent }: Session) {
    return {
      id,
      object: 'checkout.session',
      payment_status: 'paid',
      amount_total: amountOf(fields),
      currency: fields.get('line_items[0][price_data][currency]'),
      client_reference_id: fields.get('client_reference_id'),
      payment_intent: paymentIntent,
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const reply = (status: number, answer: object) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'stripe-should-retry': 'false',
      });
      response.end(JSON.stringify(answer));
    };
    if (this.isDown) return reply(503, { error: { type: 'api_error', message: 'down' } });
    if (request.headers.authorization !== `Bearer ${this.secretKey}`) {
      return reply(401, { error: { type: 'invalid_request_error', message: 'Invalid API Key' } });
    }
    const path = request.url ?? '';
    if (request.method === 'GET') return this.#show(path, reply);
    const idempotencyKey = request.headers['idempotency-key']?.toString() ?? null;
    const known = idempotencyKey === null ? undefined : this.#answered.get(idempotencyKey);
    if (known) return reply(200, known);
    const fields = new URLSearchParams(body);
    this.calls.push({ path, idempotencyKey, fields });
    const made = this.#make(path, fields);
    if (!made)
      return reply(404, { error: { type: 'invalid_request_error', message: 'No such path' } });
    if (idempotencyKey !== null) this.#answered.set(idempotencyKey, made);
    reply(200, made);
  }

  #make(path: string, fields: URLSearchParams): object | undefined {
    if (path === '/v1/refunds')
      return { id: `re_${randomUUID()}`, object: 'refund', status: 'succeeded' };
    if (path !== '/v1/checkout/sessions') return undefined;
    const session = {
      ...{ id: `cs_${randomUUID()}`, fields, paymentIntent: `pi_${randomUUID()}` },
      card: this.card ?? randomUUID(),
    };
    this.#sessions.set(session.id, session);
    return {
      ...this.#paid(session),
      payment_status: 'unpaid',
      url: `https://checkout.stripe.example/${session.id}`,
    };
  }

  #show(path: string, reply: (status: number, answer: object) => void): void {
    const [, kind, id] = /^\/v1\/(checkout\/sessions|payment_intents)\/([^?]+)/.exec(path) ?? [];
    const session =
      kind === 'payment_intents'
        ? this.#sessions.values().find(({ paymentIntent }) => paymentIntent === id)
        : this.#sessions.get(id ?? '');
    if (!session) reply(404, { error: { type: 'invalid_request_error', message: 'No such one' } });
    else if (kind === 'payment_intents') reply(200, this.#intent(session));
    else reply(200, this.#paid(session));
  }

  #intent({ paymentIntent, card }: Session) {
    const details = { type: 'card', card: { fingerprint: card } };
    return {
      id: paymentIntent,
      object: 'payment_intent',
      latest_charge: { object: 'charge', payment_method_details: details },
    };
  }
}

function amountOf(fields: URLSearchParams): number {
  let sum = 0;
  for (let i = 0; fields.has(`line_items[${i}][quantity]`); i++) {
    const quantity = Number(fields.get(`line_items[${i}][quantity]`));
    sum += quantity * Number(fields.get(`line_items[${i}][price_data][unit_amount]`));
  }
  return sum;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
