import { defineConfig } from 'vitest/config';

// The first picture of a sheet takes longest: the sheet is measured once, and remembered in .evaluate/cache.
export default defineConfig({ test: { include: ['examples/vitest/*.test.ts'], testTimeout: 60_000 } });
