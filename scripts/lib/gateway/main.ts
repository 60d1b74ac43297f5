/** The gateway's process: keeps nginx running, its certificate good, and its list of nodes true. Started by `npm start -- --https`. */
import { readGatewaySettings } from './env.ts';
import { type Gateway, runGateway } from './run-gateway.ts';

let gateway: Gateway | undefined;

// From the beginning: a public authority may take its time, and nginx is there already. It ends with this process.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void Promise.resolve(gateway?.stop()).then(() => process.exit(0)));
}

try {
  gateway = await runGateway(readGatewaySettings(), (line) => console.log(line));
  void gateway.ended.then(() => process.exit(1));
  process.send?.('ready');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
