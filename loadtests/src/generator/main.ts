/** The load generator: a process of its own, told what to do by `generator.ts`. */
import assert from 'node:assert/strict';
import { deviceTokenOf } from '../passes/device.ts';
import { httpWire } from './http.ts';
import type { Order, Report } from './orders.ts';
import { paceOf } from './paces.ts';
import { PreparedScans } from './prepared-scans.ts';
import { Run } from './run.ts';
import { gateWire } from './web-socket.ts';
import type { Line, Wire } from './wire.ts';

const wires = { gate: gateWire, http: httpWire };

let wire: Wire = gateWire;
let lines: Line[] = [];
let scans: PreparedScans | undefined;
let run: Run | undefined;

process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit());

async function obey(order: Order): Promise<void> {
  switch (order.kind) {
    case 'connect':
      wire = wires[order.wire];
      lines = await connect(order.ports, order.scanners);
      return report({ kind: 'connected' });
    case 'prepare':
      scans = undefined;
      scans = new PreparedScans(order.facts, order.walk, wire, order.scansMax);
      return report({ kind: 'prepared' });
    case 'run': {
      assert(scans, 'scans are prepared before a run');
      run = new Run(lines, scans, paceOf(order.load), order, (kind) => report({ kind }));
      return report({ kind: 'finished', outcome: await run.toEnd() });
    }
  }
}

/** One after the other, as scanners come in the morning; in turn on all ports. */
async function connect(ports: readonly number[], scanners: number): Promise<Line[]> {
  const opened: Line[] = [];
  for (let scanner = 0; scanner < scanners; scanner++) {
    const port = ports[scanner % ports.length] ?? 0;
    opened.push(await open(port, scanner));
  }
  return opened;
}

async function open(port: number, scanner: number): Promise<Line> {
  const line = await wire.open(port, deviceTokenOf(scanner), {
    heard: (text) => run?.heard(line, text),
    closed: (why) => {
      throw new Error(`a scanner lost its line: ${why}`);
    },
  });
  return line;
}

function report(what: Report): void {
  process.send?.(what);
}
