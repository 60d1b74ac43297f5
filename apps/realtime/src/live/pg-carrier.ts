import { type Carrier, type CarrierHandlers } from './carrier.ts';
import { Messenger } from './messenger.ts';

/** PostgreSQL channel of the envelopes. */
const liveChannel = 'catraca_live';

/** What the other channel of the same line carries: see `Notice` of @catraca/db. */
export interface NoticeHandlers {
  readonly channel: string;
  readonly heard: (payload: string) => void;
  /** Listening, at the start or again: anything may have been said before. */
  readonly listening: () => void;
  /** The line to the database has gone dead: connections that wait for it wait in vain. */
  readonly dead: () => void;
}

/** LISTEN and NOTIFY, on one line with the notices that commit with their change. */
export class PgCarrier implements Carrier {
  readonly #url: string;
  readonly #notices: NoticeHandlers;
  #messenger: Messenger | undefined;

  constructor(url: string, notices: NoticeHandlers) {
    this.#url = url;
    this.#notices = notices;
  }

  async start({ heard, listening }: CarrierHandlers): Promise<void> {
    const notices = this.#notices;
    this.#messenger = new Messenger(this.#url, [notices.channel, liveChannel], {
      heard: (channel, payload) =>
        channel === liveChannel ? heard(payload) : notices.heard(payload),
      listening: () => {
        listening();
        notices.listening();
      },
    });
    await this.#messenger.start();
  }

  async send(envelope: string): Promise<void> {
    await this.#messenger?.send(liveChannel, envelope);
  }

  async restart(): Promise<void> {
    this.#notices.dead();
    await this.#messenger?.restart();
  }

  async close(): Promise<void> {
    await this.#messenger?.close();
  }
}
