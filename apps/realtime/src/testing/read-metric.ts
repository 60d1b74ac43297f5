import assert from 'node:assert/strict';

/** A number without labels that a realtime service tells Prometheus. */
export async function readMetric(port: number, name: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const line = (await response.text()).split('\n').find((text) => text.startsWith(`${name} `));
  assert(line, `there is no metric ${name}`);
  return Number(line.slice(name.length + 1));
}
