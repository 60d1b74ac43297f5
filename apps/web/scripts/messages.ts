/** Compiles the messages without Vite, so that types and unit tests find them in a fresh clone. */
import { compile } from '@inlang/paraglide-js';
import { paraglideOptions } from '../paraglide.config.ts';

await compile(paraglideOptions);
// The compiler leaves timers behind that would keep this process for another half minute.
process.exit();
