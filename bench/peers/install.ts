import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PEERS_FOLDER } from '../places.ts'
import { isDuckDbInstalled } from './duckdb.ts'

/** Which peers can be measured on this machine. A version is null where the peer cannot be had; `notes` say why. */
export type Peers = Readonly<{ duckdb: string | null; sqliteShell: string | null; notes: readonly string[] }>

export const NO_PEERS: Peers = { duckdb: null, sqliteShell: null, notes: ['peers were not asked for'] }

const MANIFEST = join(import.meta.dirname, 'package.json')
/** Both peers meet their package manager only here: the product's lock file knows neither. */
const INSTALL = ['install', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error']

/** Finds the sqlite3 shell and installs DuckDB into bench/.peers, once per version. */
export function findPeers(): Peers {
  const notes: string[] = []
  const sqliteShell = sqliteVersion()
  if (sqliteShell === null) notes.push('the sqlite3 shell is not on the PATH (Debian: apt-get install sqlite3)')
  const duckdb = installDuckDb(notes)
  return { duckdb, sqliteShell, notes }
}

function sqliteVersion(): string | null {
  const { status, stdout } = spawnSync('sqlite3', ['--version'], { encoding: 'utf8' })
  return status === 0 ? (stdout.split(' ')[0] ?? null) : null
}

function installDuckDb(notes: string[]): string | null {
  const version = duckDbVersion(MANIFEST)
  const installed = join(PEERS_FOLDER, 'package.json')
  if (isDuckDbInstalled() && existsSync(installed) && duckDbVersion(installed) === version) return version
  rmSync(PEERS_FOLDER, { recursive: true, force: true })
  mkdirSync(PEERS_FOLDER, { recursive: true })
  copyFileSync(MANIFEST, installed)
  process.stdout.write(`Installing DuckDB ${version} into bench/.peers\n`)
  const { status, error, stderr } = spawnSync('npm', INSTALL, {
    cwd: PEERS_FOLDER,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status === 0 && isDuckDbInstalled()) return version
  const why = error?.message ?? stderr.trim().split('\n').at(-1) ?? `npm ended with ${status}`
  notes.push(`DuckDB ${version} could not be installed: ${why}`)
  return null
}

function duckDbVersion(manifest: string): string {
  const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies: Record<string, string> }
  return dependencies['@duckdb/node-api'] ?? ''
}
