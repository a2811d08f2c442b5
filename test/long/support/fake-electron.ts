import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What the packager looks for in the binary to write the fuses behind: sentinel, version, count, then one byte each. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSES = '101010011'

/** A folder with as much of an Electron as the packager handles: its binary cannot run, but can be renamed and fused. */
export function fakeElectron(folder: string): string {
  const electron = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const { version } = JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8')) as { version: string }
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  writeFileSync(join(folder, 'version'), version)
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([Buffer.from(FUSE_SENTINEL), Buffer.from([1, 9]), Buffer.from(FUSES)]),
    {
      mode: 0o755,
    },
  )
  return folder
}

/** The fuses of a packaged binary, in their order: true is on. */
export function readFuses(binary: string): readonly boolean[] {
  const bytes = readFileSync(binary)
  const at = bytes.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length
  return [...bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0))].map(byte => byte === '1'.charCodeAt(0))
}

type Entry = Readonly<{ files?: Readonly<Record<string, Entry>> }>

/** The paths of an asar archive: its header is JSON, with its length in the fourth 32-bit word. */
export function archivedFiles(archive: string): readonly string[] {
  const bytes = readFileSync(archive)
  const header = JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8')) as Entry
  const walk = (entry: Entry, path: string): readonly string[] =>
    entry.files === undefined
      ? [path]
      : Object.entries(entry.files).flatMap(([name, child]) => walk(child, `${path}/${name}`))
  return walk(header, '')
}
