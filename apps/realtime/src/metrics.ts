import { Gauge, type Registry } from 'prom-client';

/** Registers a number that is read when the metrics are asked for. */
export function addGauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
