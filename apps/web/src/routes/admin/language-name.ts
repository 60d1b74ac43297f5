import { getLocale } from '#lib/paraglide/runtime.js';

/** `Português (Brasil)` as the reader calls it. */
export function languageName(language: string): string {
  const tag = language === 'pt-br' ? 'pt-BR' : language;
  return new Intl.DisplayNames([getLocale()], { type: 'language' }).of(tag) ?? language;
}
