import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'forks',
    // the files of one worker share the modules: loading the program anew for each was half the time
    isolate: false,
    maxWorkers: '100%',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['dist/**', 'node_modules/**'],
    globalSetup: ['tests/setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
