/** Steps that are kept to be undone. */
const stepsMax = 200;

/** A document that changes by whole new ones, and the way back. */
export class History<State> {
  #now: { state: State };
  #saved: { state: State };
  #past = $state.raw<readonly State[]>([]);
  #future = $state.raw<readonly State[]>([]);

  constructor(first: State) {
    this.#now = $state.raw({ state: first });
    this.#saved = $state.raw({ state: first });
  }

  get now(): State {
    return this.#now.state;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  get isDirty(): boolean {
    return this.now !== this.#saved.state;
  }

  push(next: State): void {
    this.#past = [...this.#past, this.now].slice(-stepsMax);
    this.#future = [];
    this.#now = { state: next };
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [this.now, ...this.#future];
    this.#now = { state: before };
  }

  redo(): void {
    const [after, ...later] = this.#future;
    if (after === undefined) return;
    this.#past = [...this.#past, this.now];
    this.#future = later;
    this.#now = { state: after };
  }

  markSaved(): void {
    this.#saved = this.#now;
  }

  restart(first: State): void {
    this.#now = { state: first };
    this.#saved = this.#now;
    this.#past = [];
    this.#future = [];
  }
}

/** Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z; in a field they are the field's own. */
export function undoKey(press: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (!(press.ctrlKey || press.metaKey) || press.altKey) return undefined;
  if (press.target instanceof Element && press.target.closest('input, textarea, select'))
    return undefined;
  const key = press.key.toLowerCase();
  if (key === 'z') return press.shiftKey ? 'redo' : 'undo';
  return key === 'y' ? 'redo' : undefined;
}
