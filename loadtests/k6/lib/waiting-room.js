import { sleep } from 'k6';
import { b64encode } from 'k6/encoding';

const askEveryS = 1.5;

const curve = { name: 'ECDSA', namedCurve: 'P-256' };
/** Letters of 32 bytes in base64url. */
const coordinateLength = 43;

/** k6 leaves zeros at the beginning of a number out, which RFC 7518 does not allow: such a key is drawn again. */
function isWhole({ x, y }) {
  return x.length === coordinateLength && y.length === coordinateLength;
}

/** Of letters, digits, `-`, `_` and `.`. */
function bytesOf(text) {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** A browser's key and its place: what `packages/api/src/waiting-room/proof.ts` asks a page for. */
export class Place {
  #shop;
  #slug;
  #keys;
  #jwk;

  constructor(shop, slug) {
    this.#shop = shop;
    this.#slug = slug;
  }

  /** Takes a place with a key of its own; answers what the shop said. */
  async join() {
    do {
      this.#keys = await crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
      const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', this.#keys.publicKey);
      this.#jwk = { kty, crv, x, y };
    } while (!isWhole(this.#jwk));
    return this.#shop.tell('waitingRoom.join', { slug: this.#slug, key: this.#jwk });
  }

  /** Asks, as a page without a push line does, until it is called. False when `giveUpAt` (ms since 1970) comes first. */
  waitUntilCalled(giveUpAt) {
    while (Date.now() < giveUpAt) {
      const own = this.#shop.ask('waitingRoom.own', { slug: this.#slug });
      if (own.ok && own.value.place?.kind === 'called') return true;
      sleep(askEveryS * (0.5 + Math.random()));
    }
    return false;
  }

  async enter() {
    return this.#shop.tell('waitingRoom.enter', {
      slug: this.#slug,
      proof: await this.prove('enter'),
    });
  }

  /** A JWT by the place's key, good once. `act`: `enter` or `hold`. */
  async prove(act) {
    const header = { alg: 'ES256', typ: 'catraca-place+jwt', jwk: this.#jwk };
    const iat = Math.floor(Date.now() / 1000);
    const claims = { evt: this.#slug, act, jti: crypto.randomUUID(), iat };
    const signed = [header, claims]
      .map((part) => b64encode(JSON.stringify(part), 'rawurl'))
      .join('.');
    const bytes = bytesOf(signed);
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(algorithm, this.#keys.privateKey, bytes);
    return `${signed}.${b64encode(signature, 'rawurl')}`;
  }
}
