import type { apiError } from '#lib/trpc.ts';

type Refused = NonNullable<ReturnType<typeof apiError>>;

/** What somebody else saved since a page was made that changes it. */
export interface Newer {
  version: number;
  /** Who, when the audit log knows. */
  by: string | null;
  at: Date | null;
}

/** Undefined when the change was refused for something else, or when there is nothing to save over. */
export function newerIn({ refusal, detail }: Refused): Newer | undefined {
  if (refusal !== 'edited_meanwhile' || detail?.['version'] === undefined) return undefined;
  const { version, by, at } = detail;
  return {
    version: Number(version),
    by: typeof by === 'string' ? by : null,
    at: typeof at === 'string' ? new Date(at) : null,
  };
}
