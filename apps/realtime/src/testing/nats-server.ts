import { freePort } from '@catraca/db/embedded';
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { findNatsServer } from '../../../../scripts/lib/nats-server.ts';

/** Undefined where there is none: then the tests that need it are skipped. */
export const natsServer = findNatsServer();
if (natsServer === undefined) {
  console.warn('No nats-server: the tests of the bus over NATS are skipped (npm test gets one).');
}

/** A server of NATS, ended after the file. */
export class TestNats {
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
  }

  static async start(): Promise<TestNats> {
    const nats = new TestNats(await freePort());
    afterAll(() => nats.kill());
    await nats.startAgain();
    return nats;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.#port}`;
  }

  /** Resolves when it takes connections, on the same port as before. */
  async startAgain(): Promise<void> {
    assert(natsServer);
    const args = ['--addr', '127.0.0.1', '--port', String(this.#port)];
    this.#process = spawn(natsServer, args, { stdio: 'ignore' });
    while (!(await answers(this.#port))) {
      assert(this.#process.exitCode === null, 'nats-server ended by itself');
      await pause(20);
    }
  }

  /** Without a word, as a machine dies. */
  async kill(): Promise<void> {
    const running = this.#process;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => resolve(false)).once('data', () => socket.destroy());
  });
}
