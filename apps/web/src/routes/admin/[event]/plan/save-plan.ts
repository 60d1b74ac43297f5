import { m } from '#lib/paraglide/messages.js';
import { apiError, trpc } from '#lib/trpc.ts';
import { newerIn } from '../../newer.ts';
import type { NotSaved } from '../drawing-save.svelte.ts';
import type { PlanDraft } from './plan-draft.svelte.ts';

export interface SavedPlan {
  kind: 'saved';
}

/** Saves the plan as one change, on the version it was made on. */
export async function savePlan(eventSlug: string, draft: PlanDraft): Promise<SavedPlan | NotSaved> {
  const { areas, checkpoints } = draft.state;
  const drawing = draft.newDrawing;
  try {
    const { version } = await trpc().venuePlan.save.mutate({
      ...{ eventSlug, version: draft.version },
      areas: areas.map((area) => ({ ...area, polygon: area.polygon.map(([x, y]) => [x, y]) })),
      checkpoints: [...checkpoints],
      ...(drawing && { drawing: { svg: drawing.svg, earth: drawing.earth } }),
    });
    draft.saved(version);
    return { kind: 'saved' };
  } catch (error) {
    const answer = apiError(error);
    const newer = answer && newerIn(answer);
    if (newer) return { kind: 'meanwhile', newer };
    return { kind: 'refused', words: refusalWords(answer) };
  }
}

function refusalWords(answer: ReturnType<typeof apiError>): string {
  const listed = answer?.detail?.['names'];
  const names = Array.isArray(listed) ? listed.join(', ') : '';
  switch (answer?.refusal) {
    case 'set_up_elsewhere':
      return m.plan_elsewhere();
    case 'area_in_use':
      return m.plan_area_in_use({ names });
    case 'checkpoint_in_use':
      return m.plan_checkpoint_in_use({ names });
    case 'area_number_used':
      return m.plan_number_used();
    case 'joins_nothing':
      return m.plan_joins_nothing_refused({ names });
    default:
      return m.plan_not_saved();
  }
}
