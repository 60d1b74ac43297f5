import * as limits from './limits.ts';

export interface ProxyOptions {
  /** Whether connections may become sockets. */
  readonly sockets?: boolean;
  /** How the client came; https when nothing is said. */
  readonly scheme?: 'http' | 'https';
}

/**
 * The lines that pass a request on. What only a proxy may say is said here, and what a client says in its place is dropped:
 * a service believes `X-Forwarded-For` because nobody but the gateway can write it.
 */
export function proxyTo(
  upstream: 'web' | 'realtime',
  origin: URL,
  { sockets = false, scheme = 'https' }: ProxyOptions = {},
): string {
  const connection = sockets
    ? ['proxy_set_header Upgrade $http_upgrade', 'proxy_set_header Connection $connection_upgrade']
    : ['proxy_set_header Connection ""'];
  const lines = [
    `proxy_pass http://${upstream}`,
    'proxy_http_version 1.1',
    ...connection,
    `proxy_set_header Host ${origin.host}`,
    'proxy_set_header X-Forwarded-For $remote_addr',
    `proxy_set_header X-Forwarded-Proto ${scheme}`,
    'proxy_set_header X-Request-Id $request_id',
    ...['Forwarded', 'X-Forwarded-Host', 'X-Forwarded-Port', 'X-Real-Ip', 'Proxy'].map(
      (name) => `proxy_set_header ${name} ""`,
    ),
    `proxy_connect_timeout ${limits.connectWithinS}s`,
    ...(sockets ? [] : [`proxy_read_timeout ${limits.answerWithinS}s`]),
    // The head of an answer: a page names the scripts that it needs in it.
    'proxy_buffer_size 32k',
    'proxy_buffers 16 16k',
    'proxy_next_upstream_tries 3',
    'proxy_next_upstream_timeout 5s',
  ];
  return lines.map((line) => `      ${line};`).join('\n');
}
