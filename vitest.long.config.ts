import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Long campaigns: packaging, kills, big files. `npm run test:long` */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    environment: 'node',
    include: ['test/long/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
  resolve: { alias: { electron: resolve(import.meta.dirname, 'test/electron/double.ts') } },
})
