import { buildWeb } from '../../scripts/lib/build-web.ts';

/** The browser tests run against the production build: of these sources, made once. */
export default async function setup(): Promise<void> {
  await buildWeb();
}
