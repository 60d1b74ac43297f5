import { SharedArray } from 'k6/data';

/** What the command wrote for this run: addresses, tokens, and what the answers must be. */
export const [settings] = new SharedArray('settings', () => [
  JSON.parse(open(`${__ENV.LOAD_DATA}/settings.json`)),
]);

/** One array for each element of a file, read once for all VUs. */
export function shared(name) {
  return new SharedArray(name, () => JSON.parse(open(`${__ENV.LOAD_DATA}/${name}.json`)));
}
