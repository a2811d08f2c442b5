import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, Platform } from 'electron-builder'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../electron/build-state.ts'
import { archivedFiles, fakeElectron, readFuses } from './support/fake-electron.ts'

const root = join(import.meta.dirname, '../..')
let folder: string
let packed: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pql-packaging-'))
  ensureBuilt(root)
  const electronDist = fakeElectron(join(folder, 'electron'))
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    config: { extends: 'electron-builder.yml', electronDist, directories: { output: join(folder, 'out') } },
  })
  packed = join(folder, 'out/linux-unpacked')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the archive holds what was built and the one module that is loaded at run time', () => {
  const files = archivedFiles(join(packed, 'resources/app.asar'))
  for (const path of [
    '/package.json',
    '/dist/electron/main.js',
    '/dist/electron/core-entry.js',
    '/dist/electron/preload.cjs',
    '/dist/renderer/index.html',
    '/node_modules/better-sqlite3/lib/index.js',
  ]) {
    expect(files).toContain(path)
  }
  expect(files.filter(path => path.endsWith('.map') || path.endsWith('.ts'))).toEqual([])
  const modules = files
    .map(path => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    .filter(name => name !== undefined)
  expect([...new Set(modules)]).toEqual(['better-sqlite3'])
})

test('the native binary lies outside the archive, for this system only', () => {
  const prebuilds = join(packed, 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds')
  expect(readdirSync(prebuilds).sort()).toEqual([`linux-${process.arch}.node`, `linuxmusl-${process.arch}.node`])
})

test('the sample exports go along', () => {
  const sample = join(packed, 'resources/sample')
  expect(existsSync(sample) ? readdirSync(sample) : []).not.toContain('README.md')
  expect(existsSync(sample)).toBe(true)
})

test('the binary runs nothing but the archive', () => {
  const [runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar, , fileProtocol] = readFuses(
    join(packed, 'pql-workbench'),
  )
  expect({ runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar, fileProtocol }).toEqual({
    runAsNode: false,
    cookies: true,
    nodeOptions: false,
    inspect: false,
    integrity: true,
    onlyAsar: true,
    fileProtocol: false,
  })
})
