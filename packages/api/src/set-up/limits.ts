import { daysMax } from '@catraca/db';
import { z } from 'zod';

/** Characters of a name that lists and tickets show. */
export const nameLengthMax = 80;

/** Characters of a line below a name. */
const lineLengthMax = 160;

/** Characters of a description: two pages. */
const textLengthMax = 6_000;

/** Words in the languages of the shop; in English always, since it stands in where another is missing. */
function localized(max: number, min = 0) {
  const other = z.string().trim().max(max);
  return z
    .object({
      en: z.string().trim().min(min).max(max),
      'pt-br': other.optional(),
      es: other.optional(),
    })
    .transform(({ en, ...others }) => {
      // A language without words is one nobody wrote.
      const written = Object.entries(others).filter(
        ([, words]) => words !== undefined && words !== '',
      );
      return { en, ...Object.fromEntries(written) } as {
        en: string;
        'pt-br'?: string;
        es?: string;
      };
    });
}

export const nameWords = localized(nameLengthMax, 1);
export const lineWords = localized(lineLengthMax);
export const textWords = localized(textLengthMax);

export const versionInput = z.number().int().min(1);

/** Letters a to z, digits and single hyphens: it is read aloud and typed. */
export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Characters of an address in the shop that people can still type. */
export const slugLengthMax = 60;

export const newSlug = z.string().max(slugLengthMax).regex(slugPattern);

/** Addresses below `/admin` that are pages of their own. */
export const reservedSlugs: ReadonlySet<string> = new Set([
  ...['new', 'sites', 'account', 'team', 'people', 'audit', 'jobs', 'members', 'devices'],
  ...['settings', 'security', 'organization', 'privacy', 'log', 'data', 'personal-data'],
]);

export const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/);
export const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const sessionInput = z.object({
  name: nameWords.nullable(),
  date: localDate,
  opensAt: localTime,
  closesAt: localTime,
});

/** One more than there may be, so that it is refused in words. */
export const sessionsMax = daysMax + 1;

export const languagesInput = z
  .array(z.enum(['en', 'pt-br', 'es']))
  .min(1)
  .max(3)
  .transform((languages) => [...new Set(languages)]);

/** ISO 4217, as far as this runtime knows currencies. */
export const currencyInput = z
  .string()
  .refine((code) => Intl.supportedValuesOf('currency').includes(code));

export const timeZoneInput = z.string().min(1).max(64);

export const hexColour = z.string().regex(/^#[0-9a-f]{6}$/i);
