import type { schema } from '@catraca/db';

/** A text of the event in the reader's language, or in English when it was not translated. */
export function inLanguage(text: schema.LocalizedText, locale: keyof schema.LocalizedText): string {
  return text[locale] ?? text.en;
}
