import { defineConfig } from 'vitest/config';

// The one default export of the house: vitest asks for it.
export default defineConfig(({ mode }) => ({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: [mode === 'long' ? 'test/long/**/*.test.ts' : 'test/**/*.test.{ts,tsx}'],
    exclude: mode === 'long' ? [] : ['test/long/**'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
}));
