/**
 * Passes connections on: `node forward.ts <from> <to>`, each a path of a socket or `host:port`. Says a line when it listens, and ends when
 * whoever started it closes its input, or is gone.
 */
import { connect, createServer } from 'node:net';

const [from = '', to = ''] = process.argv.slice(2);

function place(text: string) {
  const [host, port] = text.split(':');
  return port === undefined ? { path: text } : { host: String(host), port: Number(port) };
}

// What comes goes on at once: waiting to fill a packet would cost each answer forty milliseconds.
const noDelay = true;

createServer({ noDelay }, (client) => {
  const upstream = connect({ ...place(to), noDelay });
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.pipe(other);
    one.on('close', () => other.destroy());
    // Told by `close`.
    one.on('error', () => {});
  }
}).listen(place(from), () => process.stdout.write('listens\n'));

process.stdin.on('end', () => process.exit()).resume();
