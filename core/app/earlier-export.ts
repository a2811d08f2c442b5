import { createHash } from 'node:crypto'
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'

export const MANIFEST = 'manifest.json'

/** What an earlier export wrote into a folder and nobody has changed since. */
export type EarlierExport = Readonly<{
  /** Files as they were written: they may be replaced, and removed, without asking. */
  own: ReadonlySet<string>
  /** Files that somebody has changed since. */
  edited: ReadonlySet<string>
}>

type Listed = Readonly<{ name: string; bytes: number; sha256: string }>

/** Reads the manifest that lies in a folder; one that is not ours, or none, is an export of nothing. */
export function earlierExport(folder: string): EarlierExport {
  const listed = listedFiles(folder)
  if (listed === null) return { own: new Set(), edited: new Set() }
  const present = listed.filter(({ name }) => existsSync(join(folder, name)))
  const [own, edited] = [true, false].map(wanted =>
    present.filter(file => isAsWritten(join(folder, file.name), file) === wanted).map(({ name }) => name),
  )
  return { own: new Set([MANIFEST, ...(own ?? [])]), edited: new Set(edited) }
}

/** The names alone, whether the files are there or not. */
export function listedNames(path: string): readonly string[] {
  return (readManifest(path) ?? []).map(({ name }) => name)
}

function listedFiles(folder: string): readonly Listed[] | null {
  return readManifest(join(folder, MANIFEST))
}

function readManifest(path: string): readonly Listed[] | null {
  try {
    const { product, outputs } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Manifest>
    if (product?.name !== 'PQL Workbench' || !Array.isArray(outputs)) return null
    return outputs.filter(isListed)
  } catch {
    return null // no manifest, or none of ours
  }
}

type Manifest = Readonly<{ product: { name?: unknown }; outputs: readonly unknown[] }>

/** A manifest that was tampered with must not name files that no export writes, nor files elsewhere. */
function isListed(output: unknown): output is Listed {
  const { name, bytes, sha256 } = (output ?? {}) as Partial<Record<keyof Listed, unknown>>
  if (typeof bytes !== 'number' || typeof sha256 !== 'string') return false
  return typeof name === 'string' && /^(routing\/)?[a-z0-9_]+\.(csv|jsonl?|sdl)$/.test(name)
}

const CHUNK_BYTES = 1 << 20

function isAsWritten(path: string, { bytes, sha256 }: Listed): boolean {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch {
    return false
  }
  try {
    const stat = fstatSync(descriptor)
    if (!stat.isFile() || stat.size !== bytes) return false
    const hash = createHash('sha256')
    const buffer = new Uint8Array(CHUNK_BYTES)
    for (let got = readSync(descriptor, buffer); got > 0; got = readSync(descriptor, buffer))
      hash.update(buffer.subarray(0, got))
    return hash.digest('hex') === sha256
  } finally {
    closeSync(descriptor)
  }
}
