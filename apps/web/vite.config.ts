import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { paraglideOptions } from './paraglide.config.ts';

export default defineConfig({
  plugins: [
    tailwindcss(),
    paraglideVitePlugin(paraglideOptions),
    sveltekit({
      adapter: adapter({ precompress: true }),
      // hooks.server.ts refuses requests from other sites, JSON as well as forms.
      csrf: { trustedOrigins: ['*'] },
      // Hashes, since a page that everybody sees alike is sent many times (shared-pages.ts).
      csp: { mode: 'hash', directives: contentSecurityPolicy },
      // Only pages that are to be kept without a network ask for it: a ticket's, and the scanner.
      serviceWorker: { register: false },
    }),
  ],
  server: { port: 3000, strictPort: true },
  // From here on browsers have `light-dark()`. Rewritten for older ones it would be decided at the root of the page,
  // and a room that is always dark could not be.
  build: { cssTarget: ['chrome123', 'firefox120', 'safari17.5'] },
  // The scanner's worker loads its second library only when it is needed.
  worker: { format: 'es' },
  // Our packages run on the server as they are: they find their own files (fonts), and there is one copy of each.
  environments: { ssr: { build: { rolldownOptions: { external: [/^@catraca\//] } } } },
});
