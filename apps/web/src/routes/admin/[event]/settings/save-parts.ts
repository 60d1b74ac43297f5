import { refreshAll } from '$app/navigation';
import { trpc } from '#lib/trpc.ts';
import { Saving } from '../../saving.svelte.ts';
import type { SetUp } from '../types/type-draft.ts';
import type { Edition } from './edition.svelte.ts';

type Update = ReturnType<typeof trpc>['event']['update']['mutate'];
export type Parts = Parameters<Update>[0]['parts'];

/** Saves a part of an event onto the edition that the page shows. */
export function savingParts(
  setUp: () => SetUp,
  edition: Edition,
  parts: () => Parts,
  words?: ConstructorParameters<typeof Saving>[1],
): Saving {
  return new Saving(async ({ over }) => {
    const saved = await trpc().event.update.mutate({
      eventSlug: setUp().slug,
      version: over ?? edition.version,
      parts: parts(),
    });
    edition.version = saved.version;
    await refreshAll();
  }, words);
}
