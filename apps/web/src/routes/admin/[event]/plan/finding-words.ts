import type { PlanFinding } from '@catraca/domain';
import { m } from '#lib/paraglide/messages.js';
import type { PlanDraft, Selection } from './plan-draft.svelte.ts';

/** What is wrong, what it means and what to do. */
export function findingWords(draft: PlanDraft, finding: PlanFinding): string {
  const areaOf = (no: number) => draft.state.areas.find((area) => area.no === no)?.name ?? '';
  if (finding.kind === 'no_way_in') return m.plan_find_no_way_in();
  if ('checkpointNo' in finding) {
    const named = draft.state.checkpoints.find(({ no }) => no === finding.checkpointNo);
    const checkpoint = named?.name ?? '';
    return finding.kind === 'joins_nothing'
      ? m.plan_find_joins_nothing({ checkpoint })
      : m.plan_find_leads_nowhere({ checkpoint });
  }
  const area = areaOf(finding.areaNo);
  switch (finding.kind) {
    case 'unreachable_area':
      return m.plan_find_unreachable_area({ area });
    case 'no_way_out':
      return m.plan_find_no_way_out({ area });
    case 'opened_by_nothing':
      return m.plan_find_opened_by_nothing({ area });
    case 'not_drawn':
      return m.plan_find_not_drawn({ area });
    case 'crosses_itself':
      return m.plan_find_crosses_itself({ area });
    case 'smaller_than_inside':
      return m.plan_find_smaller_than_inside({ area, inside: areaOf(finding.insideNo) });
  }
}

/** The thing it is about. */
export function findingThing(finding: PlanFinding): Selection {
  if ('checkpointNo' in finding) return { kind: 'checkpoint', no: finding.checkpointNo };
  return 'areaNo' in finding ? { kind: 'area', no: finding.areaNo } : null;
}
