import * as limits from './limits.ts';
import type { GatewayConfig } from './nginx-config.ts';
import { proxyTo } from './proxy-to.ts';
import { quoted } from './quoted.ts';

/** What is answered where: plain http, names that are not ours, and the site itself. */
export function servers(config: GatewayConfig): string {
  return `${plainServer(config)}
${strangeNames(config)}
${mainServer(config)}`;
}

/** Plain http leads to https, but for what somebody needs who cannot use https yet. */
function plainServer({ hosts, httpPort, origin, trust }: GatewayConfig): string {
  return `  server {
${hosts.map((host) => `    listen ${host}:${httpPort} default_server;`).join('\n')}
    client_max_body_size 1k;
    limit_conn connections ${limits.connectionsPerNetwork};
    limit_req zone=requests burst=${limits.requestsPerNetwork.burst} nodelay;
${trust.by === 'venue' ? rootCertificate(origin) : proofOfDomain(trust.accountThumbprint)}
    location / {
      return 308 ${origin.origin}$request_uri;
    }
  }
`;
}

/** The page with the root certificate, and what it is drawn with. Nobody's cookies go that way. */
function rootCertificate(origin: URL): string {
  const proxied = `${proxyTo('web', origin, { scheme: 'http' })}
      proxy_set_header Cookie "";
      proxy_hide_header Set-Cookie;
      proxy_hide_header Strict-Transport-Security;`;
  return `    location = /ca {
${proxied}
    }
    location = /ca/root.crt {
${proxied}
    }
    location ^~ /_app/immutable/assets/ {
${proxied}
    }`;
}

/** RFC 8555, 8.3: whoever holds the account's key answers every challenge alike. */
function proofOfDomain(thumbprint: string): string {
  return `    location ~ "^/\\.well-known/acme-challenge/(?<challenge>[A-Za-z0-9_-]{1,128})$" {
      return 200 "$challenge.${thumbprint}";
    }`;
}

/** Other names of this machine lead to the one that cookies, devices and links know. */
function strangeNames(config: GatewayConfig): string {
  return `  server {
${listenTls(config, true)}
    server_name _;
    limit_conn connections ${limits.connectionsPerNetwork};
    limit_req zone=requests burst=${limits.requestsPerNetwork.burst} nodelay;
    return 308 ${config.origin.origin}$request_uri;
  }
`;
}

function mainServer(config: GatewayConfig): string {
  const { origin, trust } = config;
  const request = (zone: string, { burst }: limits.Rate) =>
    `      limit_req zone=${zone} burst=${burst} nodelay;`;
  const general = request('requests', limits.requestsPerNetwork);
  const atGate = request('gate', limits.gateRequestsPerNetwork);
  const socket = `${atGate}
${request('sockets', limits.socketsPerDevice)}
${proxyTo('realtime', origin, { sockets: true })}
      proxy_read_timeout ${limits.socketSilenceS}s;
      proxy_send_timeout ${limits.socketSilenceS}s;`;
  return `  server {
${listenTls(config, false)}
    server_name ${origin.hostname};
    limit_conn connections ${limits.connectionsPerNetwork};
${trust.by === 'venue' ? '    # A name that only this network knows must not be tied to https for two years.\n    proxy_hide_header Strict-Transport-Security;\n' : ''}
    location = /v1/gate {
${socket}
    }
    location = /v1/live {
${socket}
    }
    location /v1/ {
${atGate}
${request('scans', limits.scanRequestsPerDevice)}
      # A scan has its id: sent to a second process it has the same verdict.
      proxy_next_upstream error timeout http_502 http_503 non_idempotent;
${proxyTo('realtime', origin)}
    }
    location /sync {
${general}
      client_max_body_size ${limits.syncBodyBytesMax};
      proxy_request_buffering off;
      proxy_buffering off;
${proxyTo('web', origin, { sockets: true })}
      proxy_read_timeout ${limits.socketSilenceS}s;
    }
    location ~ ^/trpc/(?:(?:venuePlan|seatMap)\\.|event\\.setPoster) {
${general}
      client_max_body_size ${limits.uploadBytesMax};
${proxyTo('web', origin)}
    }
    location ^~ /_app/immutable/ {
${proxyTo('web', origin)}
    }
    location / {
${general}
${proxyTo('web', origin)}
    }

    error_page 429 @too_many;
    location @too_many {
      internal;
      add_header Retry-After 1 always;
      return 429 "Too many requests at once. Try again in a moment.\\n";
    }
    error_page 502 503 504 =503 @away;
    location @away {
      internal;
      add_header Retry-After 2 always;
      return 503 "This site is out for a moment. Try again soon.\\n";
    }
  }
`;
}

function listenTls(config: GatewayConfig, isDefault: boolean): string {
  const { hosts, httpsPort, tlsFile, hasHttp2Line } = config;
  const options = `ssl${hasHttp2Line ? '' : ' http2'}${isDefault ? ' default_server' : ''}`;
  return `${hosts.map((host) => `    listen ${host}:${httpsPort} ${options};`).join('\n')}
${hasHttp2Line ? '    http2 on;\n' : ''}    ssl_certificate ${quoted(tlsFile)};
    ssl_certificate_key ${quoted(tlsFile)};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305;
    ssl_session_cache shared:tls:16m;
    ssl_session_tickets off;
    # Plain http that was sent to this port is shown the way.
    error_page 497 =308 ${config.origin.origin}$request_uri;`;
}
