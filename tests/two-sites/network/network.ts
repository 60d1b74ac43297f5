import { startProxy } from '../../../apps/realtime/src/testing/tcp-proxy.ts';
import { makeNamespaces } from './namespaces.ts';

/** The machine of a site, as the test's own process sees it. */
export interface Machine {
  /** Stands before each command that runs there. */
  readonly enter: readonly string[];
  /** @returns the port of 127.0.0.1 here at which `port` of 127.0.0.1 there is reached, whatever happens to the line between the sites. */
  reach(port: number): Promise<number>;
}

/** Two machines and the line between them, ended after the file. */
export interface Network {
  readonly kind: 'namespaces' | 'proxy';
  readonly cloud: Machine;
  readonly venue: Machine;
  /** @returns where the venue asks the cloud, whose web listens on `port`. */
  connect(port: number): Promise<string>;
  /** Pulls the cable: nothing passes, and nobody is told. */
  cut(): void;
  mend(): void;
}

/** Of network namespaces where this process may make some, which takes root on Linux; else of one machine, with a proxy for the line. */
export async function layNetwork(): Promise<Network> {
  return (await makeNamespaces()) ?? proxied();
}

function proxied(): Network {
  const here: Machine = { enter: [], reach: (port) => Promise.resolve(port) };
  let line: Awaited<ReturnType<typeof startProxy>> | undefined;
  return {
    ...{ kind: 'proxy', cloud: here, venue: here },
    async connect(port) {
      line = await startProxy(`http://127.0.0.1:${port}`);
      return line.url;
    },
    cut: () => line?.cut(),
    mend: () => line?.mend(),
  };
}
