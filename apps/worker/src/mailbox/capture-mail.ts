import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SMTPServer } from 'smtp-server';

/** Bytes of one captured mail: an order of fifty tickets as PDF is well below. */
const mailBytesMax = 25_000_000;

export interface Mailbox {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A mail server on this machine that delivers nothing: each mail becomes a file `<time>-<random>.eml` in `dir`, there at
 * once as a whole. For development and tests, so that every mail has crossed a real SMTP connection.
 */
export async function openMailbox(dir: string, port: number): Promise<Mailbox> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: mailBytesMax,
    logger: false,
    onData(stream, _session, done) {
      keep(stream, dir).then(() => done(), done);
    },
  });
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function keep(stream: NodeJS.ReadableStream, dir: string): Promise<void> {
  const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}`;
  const arriving = path.join(dir, `${name}.part`);
  await pipeline(stream, createWriteStream(arriving, { mode: 0o600 }));
  await rename(arriving, path.join(dir, `${name}.eml`));
}
