import { WebSocket } from 'k6/websockets';
import { failedConnects, reconnectMs, reconnects } from './metrics.js';

/** All that are cut come back within this (ms), each at a moment of its own. */
const comeBackWithinMs = 1_000;

/** Who is not greeted for so long (ms) after dialling dials again. */
const welcomeWithinMs = 15_000;

const isOpen = 1;

/**
 * A WebSocket that comes back: when it is cut, or cannot be had, it dials the next address within a second. `onOpen()` when it is
 * there, `onMessage(text)`. Its owner calls `welcome()` when the server has greeted it.
 */
export class Line {
  #addresses;
  #protocols;
  #place;
  #owner;
  #socket;
  #cutAt;
  #timer;
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

  /** What cannot be sent now is lost; whoever sent it sends it again when the next line is there. */
  send(message) {
    if (this.#socket?.readyState === isOpen) this.#socket.send(JSON.stringify(message));
  }

  /** The server has greeted us. */
  welcome() {
    this.#isWelcome = true;
    clearTimeout(this.#timer);
    if (this.#cutAt === undefined) return;
    reconnects.add(1);
    reconnectMs.add(Date.now() - this.#cutAt);
    this.#cutAt = undefined;
  }

  /** Leaves this address for the next one. */
  leave() {
    this.#lose(this.#socket);
  }

  close() {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #dial() {
    const address = this.#addresses[this.#place % this.#addresses.length];
    const socket = new WebSocket(address, this.#protocols);
    this.#socket = socket;
    const isOurs = () => socket === this.#socket;
    socket.onopen = () => isOurs() && this.#owner.onOpen?.();
    socket.onmessage = ({ data }) => isOurs() && this.#owner.onMessage(data);
    // A dial that fails has an error and no end.
    socket.onerror = ({ error }) => this.#lose(socket, error);
    socket.onclose = () => this.#lose(socket, 'closed');
    this.#timer = setTimeout(
      () => !this.#isWelcome && this.#lose(socket, 'no welcome in time'),
      welcomeWithinMs,
    );
  }

  #lose(socket, why) {
    if (socket !== this.#socket || this.#isOver) return;
    this.#socket = undefined;
    clearTimeout(this.#timer);
    if (this.#isWelcome) {
      this.#cutAt = Date.now();
    } else {
      failedConnects.add(1);
      console.warn(`a line could not be had: ${why}`);
    }
    this.#isWelcome = false;
    this.#place += 1;
    socket.close();
    this.#timer = setTimeout(() => this.#dial(), Math.random() * comeBackWithinMs);
  }
}
