import type { CompilerOptions } from '@inlang/paraglide-js';

/** How the messages become code, for Vite and for `scripts/messages.ts` alike. */
export const paraglideOptions: CompilerOptions = {
  project: './project.inlang',
  outdir: './src/lib/paraglide',
  strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
  cookieName: 'catraca_locale',
  // A page loads the words it says, and not those of all others: a shop needs none of the admin's.
  outputStructure: 'message-modules',
};
