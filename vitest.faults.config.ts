import { defineConfig } from 'vitest/config'
import { SHORT_LIVED } from './test/support/short-lived.ts'

export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    globalSetup: ['./test/support/run-folder-setup.ts'],
    maxWorkers: 2,
    execArgv: [...SHORT_LIVED],
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
