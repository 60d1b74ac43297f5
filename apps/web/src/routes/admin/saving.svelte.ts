import { apiError } from '#lib/trpc.ts';
import { m } from '#lib/paraglide/messages.js';
import { newerIn, type Newer } from './newer.ts';

/** What the one who asks for a change has said already. */
export interface Said {
  /** They know whom it reaches, and want it. */
  confirmed: boolean;
  /** The version they want to save over, which is not the one they began with. */
  over: number | undefined;
}

type Asked = { passes: number; orders: number };
type Refused = NonNullable<ReturnType<typeof apiError>>;
export type RefusalWords = (
  refused: Refused,
) => { field: string; text: string } | string | undefined;

/**
 * One form's way to the server: nothing typed is lost, whatever comes back. `words` says what a refusal of this form means, beside a field
 * (`{ field, text }`) or above the button.
 */
export class Saving {
  busy = $state(false);
  saved = $state(false);
  /** Above the button. */
  problem = $state<string | undefined>();
  /** Beside the fields. */
  fields = $state.raw<Record<string, string>>({});
  /** How often fields were found wrong when it was to be saved. */
  timesWrong = $state(0);
  /** Passes are out there that the change reaches: it is asked whether it is meant. */
  reaches = $state.raw<Asked | undefined>();
  /** Somebody else changed it meanwhile. */
  newer = $state.raw<Newer | undefined>();

  readonly #send: (said: Said) => Promise<void>;
  readonly #words: RefusalWords;
  readonly #known: () => Newer | undefined;

  constructor(
    send: (said: Said) => Promise<void>,
    words: RefusalWords = () => undefined,
    /** What somebody else saved, where that is known without asking. */
    known: () => Newer | undefined = () => undefined,
  ) {
    this.#send = send;
    this.#words = words;
    this.#known = known;
  }

  /** What the form itself finds wrong; nothing is sent while there is something. */
  check(errors: Record<string, string>): boolean {
    this.saved = false;
    this.problem = undefined;
    this.fields = errors;
    const isFine = Object.keys(errors).length === 0;
    if (!isFine) this.#mark();
    return isFine;
  }

  /** While it is typed: what was marked as wrong is marked as long as it is. */
  recheck(check: () => Record<string, string>): void {
    if (Object.keys(this.fields).length === 0) return;
    const still = Object.entries(check()).filter(([field]) => field in this.fields);
    this.fields = Object.fromEntries(still);
    if (still.length === 0) this.problem = undefined;
  }

  async send(said: Partial<Said> = {}): Promise<void> {
    this.busy = true;
    this.saved = false;
    this.problem = undefined;
    const over = said.over ?? (said.confirmed ? this.#over : undefined);
    this.#over = over;
    this.newer = over === undefined ? this.#known() : undefined;
    try {
      if (this.newer) return;
      await this.#send({ confirmed: said.confirmed ?? false, over });
      this.reaches = undefined;
      this.saved = true;
      this.fields = {};
    } catch (error) {
      this.#take(apiError(error));
    } finally {
      this.busy = false;
    }
  }

  /** A version to save over is kept while it is asked whether the change is meant. */
  #over: number | undefined;

  #take(refused: Refused | null): void {
    this.reaches = undefined;
    if (!refused) return void (this.problem = m.setup_not_reached());
    this.newer = newerIn(refused);
    if (this.newer) return;
    if (refused.refusal === 'affects_sold') {
      const { passes = 0, orders = 0 } = refused.detail ?? {};
      this.reaches = { passes: Number(passes), orders: Number(orders) };
      return;
    }
    const words = this.#words(refused) ?? commonWords(refused);
    if (typeof words === 'string') this.problem = words;
    else {
      this.fields = { [words.field]: words.text };
      this.#mark();
    }
  }

  #mark(): void {
    this.problem = m.setup_look_at_fields();
    this.timesWrong += 1;
  }
}

function commonWords({ refusal, httpStatus }: Refused): string {
  if (refusal === 'set_up_elsewhere') return m.sites_elsewhere();
  if (refusal === 'edited_meanwhile') return m.setup_changed_meanwhile();
  if (refusal === 'role_not_allowed') return m.setup_not_allowed();
  return httpStatus === 400 ? m.setup_look_at_fields() : m.admin_not_done();
}
