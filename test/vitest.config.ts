import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    maxWorkers: 2,
    globalSetup: ['test/support/central-server.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
