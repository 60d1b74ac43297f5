/** The configuration of nginx, written anew at each start. */
import path from 'node:path';
import * as limits from './limits.ts';
import { logFormat } from './access-log.ts';
import { servers } from './nginx-servers.ts';
import { quoted } from './quoted.ts';

/** A process behind the gateway, as host:port. */
export interface Node {
  readonly address: string;
  /** It does not answer, or says that it is not ready. */
  readonly isDown: boolean;
}

export interface GatewayConfig {
  /** Where nginx keeps what it writes, this configuration too. */
  readonly dir: string;
  readonly accessLog: string;
  /** As whom requests are served; undefined when nginx is not started by root, and can only be who starts it. */
  readonly user: string | undefined;
  /** Addresses to listen on; one of IPv6 in brackets. */
  readonly hosts: readonly string[];
  readonly httpsPort: number;
  readonly httpPort: number;
  /** The one address of this site, https. */
  readonly origin: URL;
  /** The file with the certificate, what stands behind it, and its key. */
  readonly tlsFile: string;
  readonly trust: Trust;
  readonly web: readonly Node[];
  readonly realtime: readonly Node[];
  /** nginx from 1.25.1 has a line of its own for HTTP/2. */
  readonly hasHttp2Line: boolean;
}

/** How phones come to believe the certificate: they install the venue's root from `/ca`, or a public authority asks for proof. */
export type Trust =
  { readonly by: 'venue' } | { readonly by: 'public'; readonly accountThumbprint: string };

export function nginxConfig(config: GatewayConfig): string {
  const { dir, user, web, realtime } = config;
  const inDir = (name: string) => quoted(path.join(dir, name));
  return `# Written by Catraca at each start. What is changed here is lost.
daemon off;
pid ${inDir('nginx.pid')};
# Cleaned by who started nginx: a line of it may hold the address of a ticket.
error_log stderr warn;
${user === undefined ? '' : `user ${user};\n`}worker_processes auto;
worker_shutdown_timeout ${limits.oldSocketsS}s;

events {
  worker_connections ${limits.connectionsPerProcess};
}

http {
  server_tokens off;
  types { }
  default_type text/plain;
  # None of these is written to: what passes through is in memory alone.
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `  ${kind}_temp_path ${inDir(`temp-${kind}`)};`).join('\n')}
  proxy_max_temp_file_size 0;

${logFormat}
  access_log ${quoted(config.accessLog)} catraca;

${counting}
${slowClients}
${upstream('web', web)}
${upstream('realtime', realtime)}
  map $http_upgrade $connection_upgrade {
    default upgrade;
    "" "";
  }

${servers(config)}}
`;
}

/** Keys are counted in memory and logged nowhere, which matters for a device's: its token is in it. */
const counting = `  map $binary_remote_addr $network {
    default $binary_remote_addr;
    "~(?s)^(?<front>.{8}).{8}$" $front;
  }
  map $http_authorization$http_sec_websocket_protocol $device {
    default $http_authorization$http_sec_websocket_protocol;
  }
  limit_req_zone $network zone=requests:16m rate=${limits.requestsPerNetwork.perSecond}r/s;
  limit_req_zone $network zone=gate:16m rate=${limits.gateRequestsPerNetwork.perSecond}r/s;
  limit_req_zone $device zone=sockets:16m rate=${limits.socketsPerDevice.perSecond}r/s;
  limit_req_zone $device zone=scans:16m rate=${limits.scanRequestsPerDevice.perSecond}r/s;
  limit_conn_zone $network zone=connections:16m;
  limit_req_status 429;
  limit_conn_status 429;
  # The access log has them, without what was asked for.
  limit_req_log_level info;
  limit_conn_log_level info;
`;

const slowClients = `  client_header_timeout ${limits.receiveWithinS}s;
  client_body_timeout ${limits.receiveWithinS}s;
  send_timeout ${limits.takeWithinS}s;
  keepalive_timeout ${limits.idleS}s;
  reset_timedout_connection on;
  large_client_header_buffers ${limits.headerLine.count} ${limits.headerLine.bytes};
  client_max_body_size ${limits.bodyBytesMax};
  client_body_buffer_size ${limits.bodyBytesMax};
`;

/** The fewest connections first: a socket that is open for hours weighs as much as it costs. */
function upstream(name: string, nodes: readonly Node[]): string {
  // With nobody up there is nothing to lose by trying.
  const believed = nodes.some(({ isDown }) => !isDown);
  const servers = nodes.map(({ address, isDown }) => {
    return `    server ${address} max_fails=1 fail_timeout=2s${believed && isDown ? ' down' : ''};`;
  });
  return `  upstream ${name} {
    zone ${name} 256k;
    least_conn;
${servers.join('\n')}
    keepalive 64;
    keepalive_timeout ${limits.reuseWithinS}s;
  }
`;
}
