import { tick } from 'svelte';
import { refreshAll } from '$app/navigation';
import { apiError, trpc } from '#lib/trpc.ts';
import { Saving, type RefusalWords, type Said } from '../../saving.svelte.ts';
import type { SetUp } from '../types/type-draft.ts';
import type { Edition } from './edition.svelte.ts';
import type { PartDraft } from './part-draft.svelte.ts';

type Update = ReturnType<typeof trpc>['event']['update']['mutate'];
type Parts = Parameters<Update>[0]['parts'];

interface Part {
  edition: Edition;
  /** Only asked whether it is behind, and told what became of it. */
  draft: Pick<PartDraft<unknown>, 'isBehind' | 'typed' | 'saved'>;
  send: (version: number, confirmed: boolean) => Promise<{ version: number }>;
  words?: RefusalWords;
}

/** Saves one part of an event. Who saved another part meanwhile is in nobody's way; who saved this one is asked about. */
export function savingPart({ edition, draft, send, words }: Part): Saving {
  const save = async ({ confirmed, over }: Said) => {
    const sent = draft.typed;
    const sendOn = async (version: number) =>
      edition.saved((await send(version, confirmed)).version);
    try {
      await sendOn(over ?? edition.version);
    } catch (error) {
      if (over !== undefined || apiError(error)?.refusal !== 'edited_meanwhile') throw error;
      await refreshAll();
      await tick();
      if (draft.isBehind) throw error;
      await sendOn(edition.version);
    }
    await refreshAll();
    await tick();
    draft.saved(sent);
  };
  const known = () =>
    draft.isBehind ? { version: edition.version, by: null, at: null } : undefined;
  return new Saving(save, words, known);
}

/** Of those parts that `event.update` takes. */
export function savingParts(
  setUp: () => SetUp,
  { parts, ...part }: Omit<Part, 'send'> & { parts: () => Parts },
): Saving {
  const send = (version: number) =>
    trpc().event.update.mutate({ eventSlug: setUp().slug, version, parts: parts() });
  return savingPart({ ...part, send });
}
