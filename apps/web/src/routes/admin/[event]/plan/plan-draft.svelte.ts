import type { RouterOutputs } from '@catraca/api';
import {
  checkPlan,
  type PlanFinding,
  type PlannedArea,
  type PlannedCheckpoint,
} from '@catraca/domain';
import { SvelteSet } from 'svelte/reactivity';
import { blankSheet } from '#lib/plan/open-sheet.ts';
import { History } from '../history.svelte.ts';

export type FoundPlan = RouterOutputs['venuePlan']['get'];
type Drawing = NonNullable<FoundPlan['drawing']>;
export type Area = PlannedArea;
export type Checkpoint = PlannedCheckpoint & { readonly x: number; readonly y: number };
export type Selection = { kind: 'area' | 'checkpoint'; no: number } | null;

interface PlanState {
  readonly drawing: Drawing | null;
  readonly areas: readonly Area[];
  readonly checkpoints: readonly Checkpoint[];
}

/** A plan that is being drawn, every step of which can be undone. Nothing is stored before it is saved as one change. */
export class PlanDraft {
  readonly history: History<PlanState>;
  selected = $state.raw<Selection>(null);
  /** Fields whose text cannot be used. */
  readonly flaws = new SvelteSet<string>();
  version = $state(0);
  /** The drawing as it was found: another one is sent when the plan is saved. */
  #storedDrawing: Drawing | null = null;
  #freeAreaNos = $state.raw<readonly number[]>([]);
  #openedNos = $state.raw<readonly number[] | null>(null);

  constructor(found: FoundPlan) {
    this.history = new History(stateOf(found));
    this.#take(found);
  }

  get state(): PlanState {
    return this.history.now;
  }

  readonly sheet = $derived.by(() => this.state.drawing ?? blankSheet);

  readonly findings: PlanFinding[] = $derived.by(() =>
    checkPlan({
      areas: this.state.areas,
      checkpoints: this.state.checkpoints,
      openedNos: this.#openedNos && new Set(this.#openedNos),
    }),
  );

  /** The drawing where it is another one than the stored. */
  get newDrawing(): Drawing | undefined {
    const { drawing } = this.state;
    return drawing && drawing !== this.#storedDrawing ? drawing : undefined;
  }

  readonly nextAreaNo: number | undefined = $derived.by(() => {
    const stored = this.#freeAreaNos;
    return stored.find((no) => !this.state.areas.some((area) => area.no === no));
  });

  /** Begins anew with what somebody else saved. */
  load(found: FoundPlan): void {
    this.history.restart(stateOf(found));
    this.#take(found);
    this.selected = null;
    this.flaws.clear();
  }

  saved(version: number): void {
    this.version = version;
    this.#storedDrawing = this.state.drawing;
    this.history.markSaved();
  }

  addArea(polygon: Area['polygon'], name: string): void {
    const no = this.nextAreaNo;
    if (no === undefined) return;
    this.#change({ areas: [...this.state.areas, { no, name, capacity: null, polygon }] });
    this.selected = { kind: 'area', no };
  }

  changeArea(no: number, part: Partial<Omit<Area, 'no'>>): void {
    this.#change({ areas: changed(this.state.areas, no, part) });
  }

  /** With the checkpoints that join it to another one. */
  removeArea(no: number): void {
    this.#change({
      areas: this.state.areas.filter((area) => area.no !== no),
      checkpoints: this.state.checkpoints.filter(
        ({ fromNo, toNo }) => fromNo !== no && toNo !== no,
      ),
    });
    this.selected = null;
  }

  addCheckpoint(x: number, y: number, nameOf: (no: number) => string): void {
    const no = Math.max(0, ...this.state.checkpoints.map((one) => one.no)) + 1;
    const join = joinAt(this.state.areas, x, y);
    const checkpoint: Checkpoint = {
      no,
      name: nameOf(no),
      x,
      y,
      open: true,
      directions: 'both',
      ...join,
    };
    this.#change({ checkpoints: [...this.state.checkpoints, checkpoint] });
    this.selected = { kind: 'checkpoint', no };
  }

  changeCheckpoint(no: number, part: Partial<Omit<Checkpoint, 'no'>>): void {
    this.#change({ checkpoints: changed(this.state.checkpoints, no, part) });
  }

  removeCheckpoint(no: number): void {
    this.#change({ checkpoints: this.state.checkpoints.filter((one) => one.no !== no) });
    this.selected = null;
  }

  /** Puts another drawing under the plan. What is drawn grows with it when it is the same sheet at another size. */
  setDrawing(
    drawing: Drawing,
    outlines: readonly { name: string; polygon: Area['polygon'] }[],
  ): void {
    const scale = scaleBetween(this.sheet, drawing);
    const place = (at: number) => Math.round(at * scale * 10) / 10;
    const areas = this.state.areas.map((area) => ({
      ...area,
      polygon: area.polygon.map(([x, y]) => [place(x), place(y)] as const),
    }));
    const nos = this.#freeAreaNos.filter((no) => !areas.some((area) => area.no === no));
    const drawn = outlines.slice(0, nos.length).map(({ name, polygon }, index) => ({
      ...{ no: nos[index] ?? 0, name, capacity: null, polygon },
    }));
    const checkpoints = this.state.checkpoints.map((one) => ({
      ...one,
      x: place(one.x),
      y: place(one.y),
    }));
    this.#change({ drawing, areas: [...areas, ...drawn], checkpoints });
  }

  #take(found: FoundPlan): void {
    this.version = found.version;
    this.#storedDrawing = found.drawing;
    // A number is free too while the area that had it is only gone from the draft.
    this.#freeAreaNos = [...found.freeAreaNos, ...found.areas.map(({ no }) => no)].toSorted(
      (a, b) => a - b,
    );
    this.#openedNos = found.openedNos;
  }

  #change(part: Partial<PlanState>): void {
    this.history.push({ ...this.state, ...part });
  }
}

function stateOf({ drawing, areas, checkpoints }: FoundPlan): PlanState {
  return { drawing, areas, checkpoints };
}

function changed<Row extends { no: number }>(
  rows: readonly Row[],
  no: number,
  part: Partial<NoInfer<Row>>,
) {
  return rows.map((row) => (row.no === no ? { ...row, ...part } : row));
}

/** Two sheets are one when they differ in nothing but their size. */
function scaleBetween(
  one: { width: number; height: number },
  other: { width: number; height: number },
) {
  const [across, down] = [other.width / one.width, other.height / one.height];
  return Math.abs(across / down - 1) < 0.02 ? across : 1;
}

/** What a checkpoint there most likely joins: the area nearest to it, and outside or the second nearest where that is as near. */
function joinAt(areas: readonly Area[], x: number, y: number): { fromNo: number; toNo: number } {
  const near = areas
    .map((area) => ({ no: area.no, away: distanceTo(area.polygon, x, y) }))
    .toSorted((a, b) => a.away - b.away);
  const [first, second] = near;
  const joinsBoth = first && second && second.away <= first.away + joinReach;
  const fromNo = joinsBoth ? Math.min(first.no, second.no) : 0;
  const toNo = joinsBoth ? Math.max(first.no, second.no) : (first?.no ?? 0);
  return { fromNo, toNo };
}

/** Plan units between two areas that a door joins: the thickness of a wall. */
const joinReach = 40;

function distanceTo(polygon: Area['polygon'], x: number, y: number): number {
  return Math.min(
    Infinity,
    ...polygon.map(([ax, ay], index) => {
      const [bx, by] = polygon[(index + 1) % polygon.length] ?? [ax, ay];
      const long = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
      const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long));
      return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
    }),
  );
}
