/**
 * What the access log says of a request: the part of the site it was for, never its address, in which a ticket or an order
 * has its key; and the network it came from, never the address of a person.
 */
const parts = [
  ...['v1/gate', 'v1/live', 'v1/scans', 'trpc', 'sync', 'webhooks', 'api', '_app', 'ca'],
  ...['admin', 'scan', 'control', 'desk', 'kiosk', 'sign-in', 'sign-out'],
  ...['events', 'checkout', 'orders', 'tickets', 'language'],
];

const fields = {
  time: '$time_iso8601',
  requestId: '$request_id',
  network: '$logged_network',
  method: '$request_method',
  part: '$logged_part',
  status: '$status',
  bytes: '$body_bytes_sent',
  seconds: '$request_time',
  node: '$upstream_addr',
  nodeSeconds: '$upstream_response_time',
  tls: '$ssl_protocol',
};

/** One JSON object a line. */
export const logFormat = `  map $uri $logged_part {
    default other;
    "~^/(?<part>${parts.join('|')})(/|$)" $part;
    "/" home;
  }
  map $remote_addr $logged_network {
    default "";
    "~^(?<ipv4>\\d+\\.\\d+\\.\\d+)\\.\\d+$" $ipv4.0;
    "~^(?<three>[0-9a-f]+:[0-9a-f]+:[0-9a-f]+):" $three::;
    "~^(?<two>[0-9a-f]+:[0-9a-f]+)::" $two::;
    "~^(?<one>[0-9a-f]*)::" $one::;
  }
  log_format catraca escape=json '${JSON.stringify(fields)}';`;

/** What nginx puts before the request that an error is about. */
const aboutRequest = ', client: ';

/** Such as `2026/11/22 08:00:00 [error] 12#12: *5 upstream timed out, client: ...`. */
const errorLine = /^\S+ \S+ \[(?<level>\w+)\] \d+#\d+: (?:\*\d+ )?(?<said>.*)$/;

/**
 * A line of nginx's error log without what it says of the request: its address, who sent it and from which page.
 * Undefined for what is no such line, since what is quoted there nobody knows.
 */
export function cleanErrorLine(line: string): string | undefined {
  const found = errorLine.exec(line)?.groups;
  if (found === undefined) return undefined;
  const [message = '', request = ''] = (found['said'] ?? '').split(aboutRequest);
  const node = /upstream: "\w+:\/\/([\w.:[\]-]+)/.exec(request)?.[1];
  return JSON.stringify({
    level: found['level'],
    time: new Date().toISOString(),
    msg: message.replace(/"[^"]*"?/g, '"…"'),
    ...(node ? { node } : {}),
  });
}
