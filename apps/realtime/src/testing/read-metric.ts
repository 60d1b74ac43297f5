import assert from 'node:assert/strict';

/** What a service tells at `/metrics` by this name, which has no labels. */
export async function readMetric(port: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  assert(line, `${name} is told`);
  return Number(line.slice(name.length + 1));
}
