import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isBuildStale } from '../../electron/build-state.ts'
import { findElectron } from '../../electron/find-electron.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pql-find-'))
})
afterEach(() => rmSync(root, { recursive: true }))

test('finds the binary only where it is whole, of the same version, and there is a display', () => {
  const electron = join(root, 'node_modules/electron')
  const find = (env: Record<string, string> = { DISPLAY: ':0' }, platform: NodeJS.Platform = 'linux') =>
    findElectron({ from: join(root, 'index.js'), env, platform })
  expect(find()).toEqual({ missing: 'Electron is not installed' })
  mkdirSync(join(electron, 'dist'), { recursive: true })
  writeFileSync(join(electron, 'package.json'), '{"name":"electron","version":"45.3.4"}')
  expect(find()).toEqual({ missing: "Electron's binary is not installed" })
  writeFileSync(join(electron, 'dist/version'), '45.3.3\n')
  writeFileSync(join(electron, 'path.txt'), 'electron')
  writeFileSync(join(electron, 'dist/electron'), '')
  expect(find()).toEqual({ missing: "Electron's binary is not installed" })
  writeFileSync(join(electron, 'dist/version'), 'v45.3.4\n')
  const path = join(electron, 'dist/electron')
  expect(find()).toEqual({ path })
  expect(find({ WAYLAND_DISPLAY: 'wayland-0' })).toEqual({ path })
  expect(find({})).toEqual({ missing: 'there is no display' })
  expect(find({}, 'darwin')).toEqual({ path })
  expect(find({ DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: root })).toEqual({
    missing: "Electron's binary is not installed",
  })
})

test('a build is stale where it is missing or older than a source', () => {
  const at = (path: string, time: number) => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), '')
    utimesSync(join(root, path), time, time)
  }
  at('core/app/index.ts', 1)
  expect(isBuildStale(root)).toBe(true)
  at('dist/renderer/index.html', 9)
  for (const folder of ['core/app', 'core']) utimesSync(join(root, folder), 2, 2)
  expect(isBuildStale(root)).toBe(false)
  at('core/app/index.ts', 10)
  expect(isBuildStale(root)).toBe(true)
})
