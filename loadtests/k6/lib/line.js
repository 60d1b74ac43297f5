import { WebSocket } from 'k6/websockets';
import { failedConnects, reconnectMs, reconnects } from './metrics.js';

/** All that are cut come back within this (ms), each at a moment of its own. */
const comeBackWithinMs = 1_000;

/** Who hears nothing for so long (ms) after dialling dials again. */
const welcomeWithinMs = 5_000;

/**
 * A WebSocket that comes back: when it is cut, or cannot be had, it dials the next address within a second. `onOpen(send)` when it is
 * there, `onMessage(text)`, and `onCut()`. `welcome()` is called by its owner when the server has greeted it.
 */
export class Line {
  #addresses;
  #protocols;
  #place;
  #owner;
  #socket;
  #cutAt;
  #isWelcome = false;
  #isOver = false;

  constructor({ addresses, protocols, place, ...owner }) {
    this.#addresses = addresses;
    this.#protocols = protocols;
    this.#place = place;
    this.#owner = owner;
    this.#dial();
  }

  get isReady() {
    return this.#isWelcome;
  }

  send(message) {
    this.#socket.send(JSON.stringify(message));
  }

  /** Tells whether this line was cut before. */
  welcome() {
    this.#isWelcome = true;
    if (this.#cutAt === undefined) return false;
    reconnects.add(1);
    reconnectMs.add(Date.now() - this.#cutAt);
    this.#cutAt = undefined;
    return true;
  }

  /** Leaves this address for the next one. */
  leave() {
    const socket = this.#socket;
    this.#lose(socket);
    socket.close();
  }

  close() {
    this.#isOver = true;
    this.#socket?.close();
  }

  #dial() {
    if (this.#isOver) return;
    const address = this.#addresses[this.#place % this.#addresses.length];
    const socket = new WebSocket(address, this.#protocols);
    this.#socket = socket;
    socket.onopen = () => this.#owner.onOpen?.();
    socket.onmessage = ({ data }) => this.#owner.onMessage(data);
    // A dial that fails has an error and no end.
    socket.onerror = ({ error }) => this.#lose(socket, error);
    socket.onclose = () => this.#lose(socket);
    setTimeout(() => !this.#isWelcome && this.#lose(socket, 'no welcome in time'), welcomeWithinMs);
  }

  #lose(socket, error) {
    if (socket !== this.#socket || this.#isOver) return;
    this.#socket = undefined;
    if (this.#isWelcome) this.#cutAt = Date.now();
    else failedConnects.add(1);
    if (!this.#isWelcome) console.warn(`a line could not be had: ${error ?? 'closed'}`);
    this.#isWelcome = false;
    this.#place += 1;
    setTimeout(() => this.#dial(), Math.random() * comeBackWithinMs);
  }
}
