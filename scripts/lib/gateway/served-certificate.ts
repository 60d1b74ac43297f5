import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:tls';
import { readCredentials } from './certificates/pem-file.ts';

const pollMs = 20;
const withinMs = 5_000;

/** Resolves when nginx, which takes on a new certificate in its own time, shows the one in `tlsFile` on this port. */
export async function untilServed(tlsFile: string, host: string, port: number): Promise<void> {
  const wanted = readCredentials(tlsFile)?.certificate.fingerprint256;
  const deadline = Date.now() + withinMs;
  while ((await servedOn(host, port)) !== wanted) {
    if (Date.now() > deadline) throw new Error('nginx does not take on the new certificate.');
    await pause(pollMs);
  }
}

/** Whatever is shown is believed: it is only looked at. */
async function servedOn(host: string, port: number): Promise<string> {
  const socket = connect({ host, port, rejectUnauthorized: false });
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerCertificate().fingerprint256;
  } finally {
    socket.destroy();
  }
}
