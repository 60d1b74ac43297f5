import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A helper process: `Order` is what it is told, `Report` what it answers. It ends with this process. */
export class Child<Order extends object, Report extends { readonly kind: string }> {
  readonly #process: ChildProcess;
  readonly #name: string;

  /** `main`: its file, from `src`. */
  constructor(main: string) {
    this.#name = main;
    const file = fileURLToPath(new URL(`../${main}`, import.meta.url));
    this.#process = fork(file, { serialization: 'advanced' });
  }

  get pid(): number {
    assert(this.#process.pid !== undefined);
    return this.#process.pid;
  }

  send(order: Order): void {
    this.#process.send(order);
  }

  /** @throws when the process ends instead of saying this. */
  until<Kind extends Report['kind']>(kind: Kind): Promise<Extract<Report, { kind: Kind }>> {
    return new Promise((resolve, reject) => {
      const end = (code: number | null) => reject(new Error(`${this.#name} ended (${code})`));
      const hear = (report: Report) => {
        if (report.kind !== kind) return;
        this.#process.off('message', hear).off('exit', end);
        resolve(report as Extract<Report, { kind: Kind }>);
      };
      this.#process.on('message', hear).on('exit', end);
    });
  }

  stop(): void {
    this.#process.kill();
  }
}
