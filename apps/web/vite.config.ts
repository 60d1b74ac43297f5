import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { paraglideOptions } from './paraglide.config.ts';

export default defineConfig({
  plugins: [
    tailwindcss(),
    paraglideVitePlugin(paraglideOptions),
    sveltekit({ adapter: adapter({ precompress: true }) }),
  ],
  server: { port: 3000, strictPort: true },
});
