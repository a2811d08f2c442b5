/// <reference types="vitest/config" />
import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type EnvironmentOptions } from 'vite'

if (Number(process.versions.node.split('.')[0]) < 22) {
  throw new Error(
    `Node ${process.version} is too old: better-sqlite3 crashes on it. Use the npm scripts, they find Node 24 in node_modules/.bin.`,
  )
}
const here = import.meta.dirname
const external = ['electron', 'better-sqlite3', ...builtinModules, /^node:/]

const node = (outDir: string, input: Record<string, string>, format: 'es' | 'cjs' = 'es'): EnvironmentOptions => ({
  consumer: 'server',
  resolve: {
    noExternal: true,
    external: ['electron', 'better-sqlite3'],
    conditions: ['node', 'module', 'import'],
  },
  build: {
    outDir: resolve(here, outDir),
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input,
      external,
      output: {
        format,
        entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
        chunkFileNames: '[name].js',
      },
    },
  },
})

/** Tests that write whole project files, or compare over many of them: part of `npm test`, not of `npm run check`. */
const fileTests = [
  'test/core/app/**/*.test.ts',
  'test/core/store/**/*.test.ts',
  'test/core/import/events/{cells,fast-reader}.test.ts',
  'test/oracle/oracle.test.ts',
]

/** Tests that start processes, listen on ports or judge whole exports: part of `npm test`, not of `npm run check`. */
const systemTests = [
  'test/cli/**/*.test.ts',
  'test/browser-host/**/*.test.ts',
  'test/contract/transports.test.ts',
  'test/core/store/kill.test.ts',
  'test/fixtures/**/*.test.ts',
  'test/oracle/fixtures.test.ts',
]

const propertySeed = './test/support/property-seed.ts'

export default defineConfig({
  root: resolve(here, 'renderer'),
  base: './',
  plugins: [react()],
  environments: {
    client: {
      build: { outDir: resolve(here, 'dist/renderer'), emptyOutDir: true, target: 'chrome146', sourcemap: true },
    },
    main: node('dist/electron', {
      main: resolve(here, 'electron/main.ts'),
      'core-entry': resolve(here, 'electron/core-entry.ts'),
      'hash-thread-entry': resolve(here, 'core/app/hash-thread-entry.ts'),
      'pair-thread-entry': resolve(here, 'core/app/pair-thread-entry.ts'),
      'reader-thread-entry': resolve(here, 'core/app/reader-thread-entry.ts'),
      'write-thread-entry': resolve(here, 'core/app/write-thread-entry.ts'),
    }),
    preload: node('dist/electron', { preload: resolve(here, 'electron/preload.ts') }, 'cjs'),
  },
  test: {
    root: here,
    // One worker per core: by default one core is left idle.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          root: here,
          environment: 'node',
          // Modules without state of their own: files share a worker, which saves starting one for each.
          isolate: false,
          setupFiles: [propertySeed],
          // Generous: a slow machine is no fault. What has to be fast is measured in bench/.
          testTimeout: 240_000,
          hookTimeout: 240_000,
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/long/**', 'test/renderer/**', ...fileTests, ...systemTests],
        },
        resolve: { alias: { electron: resolve(here, 'test/electron/double.ts') } },
      },
      {
        test: {
          name: 'files',
          root: here,
          environment: 'node',
          isolate: false,
          setupFiles: [propertySeed],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          include: fileTests,
          exclude: systemTests,
        },
      },
      {
        test: {
          name: 'system',
          root: here,
          environment: 'node',
          setupFiles: [propertySeed],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          include: systemTests,
        },
        resolve: { alias: { electron: resolve(here, 'test/electron/double.ts') } },
      },
      {
        test: {
          name: 'renderer',
          root: here,
          environment: 'jsdom',
          isolate: false,
          setupFiles: [propertySeed, './test/renderer/support/teardown.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          include: ['test/renderer/**/*.test.{ts,tsx}'],
        },
      },
    ],
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'main', 'preload']) {
        const environment = builder.environments[name]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  },
})
