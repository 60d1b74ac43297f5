import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { Machine, Network } from './network.ts';

/** The ends of the cable between the two namespaces. Nothing else is in either of them. */
const cloudAddress = '10.77.0.1';
const venueAddress = '10.77.0.2';

const forwarder = path.join(import.meta.dirname, 'forward.ts');

/** Two network namespaces with a cable between them. Undefined where this process may not make them. */
export async function makeNamespaces(): Promise<Network | undefined> {
  const [cloud, venue] = ['cloud', 'venue'].map((name) => `catraca-${name}-${process.pid}`);
  if (!cloud || !venue || !lay(cloud, venue)) return undefined;
  const opened = new Opened();
  afterAll(async () => {
    await opened.close();
    for (const name of [cloud, venue]) ip('netns', 'delete', name);
  });
  return {
    kind: 'namespaces',
    cloud: machine(cloud, opened),
    venue: machine(venue, opened),
    async connect(port) {
      const at = `127.0.0.1:${port}`;
      // The cloud's services listen to their own machine alone, and a venue asks no other without HTTPS.
      await opened.forward(cloud, `${cloudAddress}:${port}`, at);
      await opened.forward(venue, at, `${cloudAddress}:${port}`);
      return `http://${at}`;
    },
    // The venue's end has no carrier then, as when the plug is pulled at the other.
    cut: () => ip('-n', cloud, 'link', 'set', 'line', 'down'),
    mend: () => ip('-n', cloud, 'link', 'set', 'line', 'up'),
  };
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: 'ignore' });
}

/** @returns whether this process may. */
function lay(cloud: string, venue: string): boolean {
  try {
    ip('netns', 'add', cloud);
    ip('netns', 'add', venue);
    ip('-n', cloud, 'link', 'add', 'line', 'type', 'veth', 'peer', 'name', 'line', 'netns', venue);
    for (const [name, address] of [
      [cloud, cloudAddress],
      [venue, venueAddress],
    ] as const) {
      ip('-n', name, 'address', 'add', `${address}/24`, 'dev', 'line');
      for (const device of ['lo', 'line']) ip('-n', name, 'link', 'set', device, 'up');
    }
    return true;
  } catch {
    for (const name of [cloud, venue]) {
      try {
        ip('netns', 'delete', name);
      } catch {
        // It was not made.
      }
    }
    return false;
  }
}

function machine(name: string, opened: Opened): Machine {
  const ports = new Map<number, Promise<number>>();
  return {
    enter: enter(name),
    reach(port) {
      const known = ports.get(port) ?? opened.reach(name, port);
      ports.set(port, known);
      return known;
    },
  };
}

function enter(name: string): string[] {
  return ['ip', 'netns', 'exec', name];
}

/** What has to be closed in the end. */
class Opened {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'catraca-network-'));
  readonly #forwarders: ChildProcess[] = [];
  readonly #doors: Server[] = [];
  readonly #sockets = new Set<Socket>();

  /** Passes on what comes to `from` in the namespace. */
  async forward(name: string, from: string, to: string): Promise<void> {
    const [program, ...args] = enter(name) as [string, ...string[]];
    const child = spawn(program, [...args, process.execPath, forwarder, from, to], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#forwarders.push(child);
    await once(child.stdout, 'data');
  }

  /** A socket in the file system is the same one in all namespaces. @returns the port here. */
  async reach(name: string, port: number): Promise<number> {
    const file = path.join(this.#folder, `${name}-${port}`);
    await this.forward(name, file, `127.0.0.1:${port}`);
    const door = createServer({ noDelay: true }, (client) => {
      const there = connect({ path: file });
      for (const [one, other] of [
        [client, there],
        [there, client],
      ] as const) {
        this.#sockets.add(one);
        one.pipe(other);
        one.on('close', () => (other.destroy(), this.#sockets.delete(one)));
        one.on('error', () => {});
      }
    });
    this.#doors.push(door);
    door.listen(0, '127.0.0.1');
    await once(door, 'listening');
    const address = door.address();
    if (typeof address !== 'object' || !address) throw new Error('a server has an address');
    return address.port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    for (const door of this.#doors) door.close();
    for (const child of this.#forwarders) child.stdin?.end();
    const running = this.#forwarders.filter(({ exitCode }) => exitCode === null);
    await Promise.all(running.map((child) => once(child, 'exit')));
    rmSync(this.#folder, { recursive: true });
  }
}
