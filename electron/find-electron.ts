import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type FindOptions = Readonly<{
  /** The module whose `electron` is meant. */
  from?: string
  env?: Readonly<Record<string, string | undefined>>
  platform?: NodeJS.Platform
}>

/** The Electron executable, or in a few words why there is none to be used. */
export type FoundElectron = Readonly<{ path: string }> | Readonly<{ missing: string }>

/**
 * Looks for Electron by its files. Never `require('electron')` for this: it downloads, and blocks until it has.
 */
export function findElectron(options: FindOptions = {}): FoundElectron {
  const env = options.env ?? process.env
  const platform = options.platform ?? process.platform
  const folder = packageFolder(options.from ?? import.meta.url)
  if (folder === null) return { missing: 'Electron is not installed' }
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  const dist = override ?? join(folder, 'dist')
  const { version } = JSON.parse(read(join(folder, 'package.json')) ?? '{}') as { version?: string }
  const isOfVersion = read(join(dist, 'version'))?.replace(/^v/, '') === version
  const file = join(dist, read(join(folder, 'path.txt')) ?? defaultName(platform))
  if ((override === undefined && !isOfVersion) || !existsSync(file))
    return { missing: "Electron's binary is not installed" }
  const hasDisplay = env['DISPLAY'] !== undefined || env['WAYLAND_DISPLAY'] !== undefined
  return platform === 'linux' && !hasDisplay ? { missing: 'there is no display' } : { path: file }
}

function packageFolder(from: string): string | null {
  try {
    return dirname(createRequire(from).resolve('electron/package.json'))
  } catch {
    return null
  }
}

function defaultName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}
