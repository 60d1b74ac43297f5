import type { Order, Report, RunOrder, RunOutcome } from '../generator/orders.ts';
import { Child } from './child.ts';

type OrderOf<Kind extends Order['kind']> = Omit<Extract<Order, { kind: Kind }>, 'kind'>;

/** The load generator, seen from the harness. */
export class Generator {
  readonly #child = new Child<Order, Report>('generator/main.ts');

  get pid(): number {
    return this.#child.pid;
  }

  async connect(order: OrderOf<'connect'>): Promise<void> {
    this.#child.send({ kind: 'connect', ...order });
    await this.#child.until('connected');
  }

  async prepare(order: OrderOf<'prepare'>): Promise<void> {
    this.#child.send({ kind: 'prepare', ...order });
    await this.#child.until('prepared');
  }

  /** `opened` and `closed` are called when the window of measurement is. */
  async run(
    order: RunOrder,
    opened: () => Promise<void>,
    closed: () => Promise<void>,
  ): Promise<RunOutcome> {
    this.#child.send({ kind: 'run', ...order });
    const [{ outcome }] = await Promise.all([
      this.#child.until('finished'),
      this.#child.until('window_opened').then(opened),
      this.#child.until('window_closed').then(closed),
    ]);
    return outcome;
  }

  stop(): void {
    this.#child.stop();
  }
}
