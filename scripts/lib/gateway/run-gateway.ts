import path from 'node:path';
import { readCredentials } from './certificates/pem-file.ts';
import { chooseTrust } from './choose-trust.ts';
import type { GatewaySettings } from './env.ts';
import { getNginx, isAtLeast } from './find-nginx.ts';
import { hostsOf, ownAddress, unprivilegedUser } from './listening.ts';
import type { GatewayConfig } from './nginx-config.ts';
import { startNginx } from './nginx-process.ts';
import { NodeHealth } from './node-health.ts';
import { untilServed } from './served-certificate.ts';

/** How often (ms) the certificate is looked at. */
const renewEveryMs = 3_600_000;

/** From here on nginx has a line of its own for HTTP/2. */
const http2Line = [1, 25, 1] as const;

export interface Gateway {
  /** Resolves when nginx ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Resolves when the site can be reached at its address. `log` takes one JSON object a line. @throws in words for people. */
export async function runGateway(
  settings: GatewaySettings,
  log: (line: string) => void,
): Promise<Gateway> {
  const say = (msg: string) => log(JSON.stringify({ time: new Date().toISOString(), msg }));
  const { source, trust, tlsFile } = chooseTrust(settings);
  source.prepare();

  const program = getNginx();
  const web = new NodeHealth(settings.WEB_NODES, '/healthz');
  const realtime = new NodeHealth(settings.REALTIME_NODES, '/readyz');
  const config = (): GatewayConfig => ({
    ...{ ...fixedConfig(settings), tlsFile, trust, web: web.nodes, realtime: realtime.nodes },
    hasHttp2Line: isAtLeast(program, http2Line),
  });
  const nginx = await startNginx(program, config(), log);
  const reload = (what: string) => {
    say(`${what} changed`);
    nginx.reload(config());
  };
  const renew = async () => {
    if (!(await source.renew())) return;
    reload('the certificate has');
    await untilServed(tlsFile, ownAddress(settings.GATEWAY_HOST), settings.GATEWAY_HTTPS_PORT);
  };
  const attempt = (work: () => void | Promise<void>) =>
    Promise.try(work).catch((error: unknown) => say(String(error)));

  await (isStillGood(tlsFile) ? attempt(renew) : renew());
  const renewing = setInterval(() => void attempt(renew), renewEveryMs);
  web.watch(() => void attempt(() => reload('the web processes have')));
  realtime.watch(() => void attempt(() => reload('the realtime processes have')));
  return {
    ended: nginx.ended,
    stop: async () => {
      clearInterval(renewing);
      for (const health of [web, realtime]) health.stop();
      await nginx.stop();
    },
  };
}

/** What stays as it is while the gateway runs. */
function fixedConfig(settings: GatewaySettings) {
  return {
    dir: settings.GATEWAY_DIR,
    accessLog: path.join(settings.GATEWAY_LOG_DIR, 'gateway-access.log'),
    user: unprivilegedUser(),
    hosts: hostsOf(settings.GATEWAY_HOST),
    httpsPort: settings.GATEWAY_HTTPS_PORT,
    httpPort: settings.GATEWAY_HTTP_PORT,
    origin: settings.WEB_ORIGIN,
  };
}

/** What is good serves until the next try to have a new one. */
function isStillGood(tlsFile: string): boolean {
  const certificate = readCredentials(tlsFile)?.certificate;
  if (certificate === undefined || certificate.verify(certificate.publicKey)) return false;
  return certificate.validToDate > new Date();
}
