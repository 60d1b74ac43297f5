import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const readsEnvironment = [
  // Starts the adapter, which reads the environment itself, before the app and its env.ts exist.
  'apps/web/server.ts',
  '**/env.ts',
  'scripts/**',
  'apps/*/scripts/**',
  'tests/**',
  'packages/db/src/testing/**',
  '**/*.config.ts',
];

const environmentMessage =
  'The environment is read once, in the env.ts of each app, which checks it and says what is missing. Import the value from there, or take it as a parameter.';

export default ts.config(
  {
    ignores: [
      '**/build/',
      '**/.svelte-kit/',
      '.data/',
      'apps/web/src/lib/paraglide/',
      'apps/web/project.inlang/',
      'apps/web/static/',
    ],
  },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      // TypeScript knows better which names exist.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      // `while (true)` with a reasoned way out is the plainest form of a retry.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'no-constant-condition': ['error', { checkLoops: 'none' }],
      eqeqeq: 'error',
    },
  },
  {
    ignores: readsEnvironment,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: environmentMessage },
      ],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node:process', importNames: ['env'], message: environmentMessage }] },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['apps/web/**'],
    // The projects that `npm run check` checks the types of, not one for each package: those would have what they import each once more.
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.packages.json', 'tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  {
    files: ['apps/web/**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      // Catraca is served from the root of its host; plain addresses read better than resolve('/x').
      'svelte/no-navigation-without-resolve': 'off',
      // It takes each Date for one that is changed in place; ours are replaced.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
);
