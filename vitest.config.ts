import { defineConfig } from 'vitest/config'
import { SHORT_LIVED } from './test/support/short-lived.ts'

/**
 * Folders whose tests work on values, or start only what they end themselves: they share a worker,
 * and the modules that it has loaded.
 */
const SHARED = [
  ...['bench', 'core', 'docs', 'eval', 'flow', 'github', 'house', 'local', 'model', 'scan'],
  ...['tools', 'wiring', 'world'],
]
const shared = SHARED.map((folder) => `test/${folder}/**/*.test.ts`)

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    globalSetup: ['./test/support/run-folder-setup.ts'],
    maxWorkers: 2,
    execArgv: [...SHORT_LIVED],
    unstubEnvs: true,
    projects: [
      { extends: true, test: { name: 'values', include: shared, isolate: false } },
      {
        extends: true,
        test: {
          name: 'machines',
          include: ['test/**/*.test.ts'],
          exclude: ['test/faults/**', ...shared],
        },
      },
    ],
    // Real servers, git and databases on two shared cores.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})
