import { getLocale } from '#lib/paraglide/runtime.js';
import { trpc } from '#lib/trpc.ts';

type Print = Parameters<ReturnType<typeof trpc>['badge']['print']['mutate']>[0];

/** A printed file, to be opened and printed. */
export interface PrintedFile {
  /** Of this page: it is gone with it. */
  href: string;
  count: number;
  more: boolean;
  unprintable: string[];
}

/** Makes the PDF of badges, and records that they were printed. */
export async function printBadges(eventSlug: string, what: Print['what']): Promise<PrintedFile> {
  const { pdf, ...told } = await trpc().badge.print.mutate({
    ...{ eventSlug, what, locale: getLocale() },
  });
  const file = new Blob([Uint8Array.from(pdf)], { type: 'application/pdf' });
  return { ...told, href: URL.createObjectURL(file) };
}
