import { baseLocale, locales } from '#lib/paraglide/runtime.js';
import type { LocalizedText } from '#lib/format.ts';

export type Language = (typeof locales)[number];

/** Words as they are typed, in each language of the shop. */
export type WordsDraft = Record<Language, string>;

export function wordsDraft(words?: LocalizedText | null): WordsDraft {
  return { en: words?.en ?? '', 'pt-br': words?.['pt-br'] ?? '', es: words?.es ?? '' };
}

/** The language whose words stand in where another has none. */
export function mainLanguage(languages: readonly string[]): Language {
  if (languages.includes(baseLocale)) return baseLocale;
  return locales.find((one) => languages.includes(one)) ?? baseLocale;
}

/** As the API takes them: English is always there, in the main language's words where the event has no English. */
export function readWords(draft: WordsDraft, languages: readonly string[]): LocalizedText {
  const main = mainLanguage(languages);
  const { en: _, ...others } = draft;
  const kept = Object.entries(others)
    .map(([language, words]) => [language, words.trim()] as const)
    .filter(([language, words]) => languages.includes(language) && words !== '');
  return { en: draft[main].trim(), ...Object.fromEntries(kept) };
}
