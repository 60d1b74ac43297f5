import { defineConfig, mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      name: 'web',
      testTimeout: 30_000,
      include: ['src/**/*.test.ts'],
      exclude: ['**/*.{pg,socket,browser}.test.ts'],
      // Its icons are Svelte components: Node cannot read them, Vite compiles them.
      server: { deps: { inline: ['@lucide/svelte'] } },
    },
  }),
);
