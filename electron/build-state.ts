import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const SOURCES = ['renderer', 'core', 'electron', 'browser-host', 'vite.config.ts', 'package.json']

/** Whether what is built is missing or older than any of its sources. */
export function isBuildStale(root: string): boolean {
  const built = changedAt(join(root, 'dist/renderer/index.html'))
  return built === null || SOURCES.some(source => newest(join(root, source)) > built)
}

/** Builds what is missing or stale. @throws Error where the build fails; it has told why */
export function ensureBuilt(root: string): void {
  if (!isBuildStale(root)) return
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  const args = [vite, 'build', '--app', '--logLevel', 'error']
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error('the build failed')
}

function newest(path: string): number {
  const at = changedAt(path)
  if (at === null) return 0
  if (!statSync(path).isDirectory()) return at
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0)
}

function changedAt(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null
}
