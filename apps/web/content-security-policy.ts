import type { sveltekit } from '@sveltejs/kit/vite';

type Options = NonNullable<Parameters<typeof sveltekit>[0]>;
type Policy = NonNullable<NonNullable<Options['csp']>['directives']>;

/**
 * What a page may load, for SvelteKit to add the hash of its start-up script. `connect-src` is added by the
 * running server, which knows the address of the realtime service.
 */
export const contentSecurityPolicy: Policy = {
  'default-src': ['self'],
  // The scanner's decoder is WebAssembly.
  'script-src': ['self', 'wasm-unsafe-eval'],
  // Svelte writes `style` attributes into the pages it renders.
  'style-src': ['self', 'unsafe-inline'],
  'img-src': ['self', 'data:', 'blob:'],
  'font-src': ['self', 'data:'],
  'media-src': ['self', 'blob:'],
  'worker-src': ['self', 'blob:'],
  'manifest-src': ['self'],
  'object-src': ['none'],
  'base-uri': ['none'],
  'form-action': ['self'],
  'frame-ancestors': ['none'],
};
