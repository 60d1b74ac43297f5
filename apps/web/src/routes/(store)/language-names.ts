import type { Locale } from '#lib/paraglide/runtime.js';

/** Each language in its own words, so that who needs it finds it. */
export const languageNames: Record<Locale, string> = {
  en: 'English',
  'pt-br': 'Português (Brasil)',
  es: 'Español',
};
