import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { unpackTar } from './chromium-archive.ts'

export type Chromium = Readonly<{
  executablePath: string
  args: readonly string[]
  /** The environment to launch it with. */
  env: Readonly<Record<string, string>>
  source: 'environment' | 'installed' | 'npm'
}>

type Environment = Readonly<Record<string, string | undefined>>

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const PLACES: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map(name => process.env[name] ?? '')
    .filter(folder => folder !== '')
    .map(folder => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
}

/** Nothing but the page under test may use the network, and nothing may ask a question. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
]

/**
 * The Chromium to test in: the one CHROMIUM names, else an installed Chromium or Chrome, else the one of the npm package,
 * unpacked once into node_modules/.cache. Null where there is none (no package for this system).
 */
export function findChromium(env: Environment = process.env): Chromium | null {
  const named = env['CHROMIUM']
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM names ${named}, which does not exist`)
    return { executablePath: named, args: launchArgs(), env: defined(env), source: 'environment' }
  }
  const installed = findInstalled(env)
  if (installed !== null) {
    return { executablePath: installed, args: launchArgs(), env: defined(env), source: 'installed' }
  }
  return process.platform === 'linux' && process.arch === 'x64' ? unpackedChromium(env) : null
}

function launchArgs(): readonly string[] {
  return process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET
}

function findInstalled(env: Environment): string | null {
  const folders = process.platform === 'linux' ? (env['PATH'] ?? '').split(delimiter) : []
  const candidates = folders.flatMap(folder => NAMES.map(name => join(folder, name)))
  return [...candidates, ...(PLACES[process.platform] ?? [])].find(path => existsSync(path)) ?? null
}

/**
 * The package's own `executablePath()` takes whatever lies in the temporary folder, even of an older version, and unpacks
 * its NSS, NSPR and expat only inside a Lambda: hence a folder of our own, keyed by version, made whole or not at all.
 */
function unpackedChromium(env: Environment): Chromium {
  const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const cache = join(import.meta.dirname, '../node_modules/.cache')
  const folder = join(cache, `pql-chromium-${version}`)
  if (!existsSync(join(folder, 'chromium'))) unpack(join(packageFolder, 'bin'), cache, folder)
  const executablePath = join(folder, 'chromium')
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }
  const libraries = lacksLibraries(executablePath)
    ? { LD_LIBRARY_PATH: [join(folder, 'lib'), env['LD_LIBRARY_PATH'] ?? ''].filter(Boolean).join(delimiter) }
    : {}
  const args = [...launchArgs(), '--disable-gpu', '--font-render-hinting=none']
  return { executablePath, args, env: { ...defined(env), ...fonts, ...libraries }, source: 'npm' }
}

function unpack(from: string, cache: string, folder: string): void {
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(join(cache, 'pql-chromium-unpacking-'))
  try {
    const read = (name: string): Buffer => brotliDecompressSync(readFileSync(join(from, name)))
    unpackTar(read('al2023.tar.br'), fresh)
    unpackTar(read('swiftshader.tar.br'), fresh)
    unpackTar(read('fonts.tar.br'), join(fresh, 'fonts'))
    writeFileSync(join(fresh, 'chromium'), read('chromium.br'), { mode: 0o755 })
    renameSync(fresh, folder)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(join(folder, 'chromium'))) throw error // else another process was first
  }
}

function lacksLibraries(executablePath: string): boolean {
  const { stdout, status } = spawnSync('ldd', [executablePath], { encoding: 'utf8' })
  return status !== 0 || stdout.includes('not found')
}

function defined(env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
