import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**'],
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    maxWorkers: 2,
    // Real servers, git and databases on two shared cores.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})
