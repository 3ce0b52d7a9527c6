import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The example imports what is built; tests run it on the source.
  resolve: { alias: { 'evaluate/vitest': fileURLToPath(new URL('src/vitest/index.ts', import.meta.url)) } },
  test: {
    include: ['src/**/*.test.ts', 'models/validity/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
    globalSetup: 'src/__fixtures__/shared.ts',
  },
});
