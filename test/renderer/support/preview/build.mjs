// The renderer on test data, for looking at it without an engine: `node build.mjs OUT`.
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

await build({
  configFile: false,
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  logLevel: 'warn',
  build: { outDir: resolve(process.argv[2] ?? 'dist-preview'), emptyOutDir: true, target: 'chrome146' },
})
