export interface CarrierHandlers {
  /** An envelope of any process, this one included; of each process in the order in which it sent them. */
  readonly heard: (envelope: string) => void;
  /** Listening, at the start or again: what was said before was not heard. */
  readonly listening: () => void;
}

/** Brings envelopes to all processes of a site. Some may be lost: `NewsBus` notices it. */
export interface Carrier {
  /** Resolves when it listens; from then on it does so again by itself after each interruption. @throws when the other end is not there. */
  start(handlers: CarrierHandlers): Promise<void>;
  /** In the order of the calls. @throws whatever went wrong: whether it was sent is not known. */
  send(envelope: string): Promise<void>;
  /** Leaves a line behind that has gone dead, and opens another. @throws when the other end is not there. */
  restart(): Promise<void>;
  close(): Promise<void>;
}
