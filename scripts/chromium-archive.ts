import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'

const BLOCK = 512

/** Writes the regular files of a ustar archive below `folder`; links, devices and names that lead out are refused. */
export function unpackTar(archive: Buffer, folder: string): readonly string[] {
  const written: string[] = []
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK)
    if (header.every(byte => byte === 0)) break
    const size = Number.parseInt(textAt(header, 124, 12).trim() || '0', 8)
    const kind = textAt(header, 156, 1)
    if (kind === '0' || kind === '') {
      const data = archive.subarray(at + BLOCK, at + BLOCK + size)
      written.push(writeEntry(folder, textAt(header, 0, 100), data))
    } else if (kind !== '5') {
      throw new Error(`archive entry of kind "${kind}" is neither a file nor a folder`)
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return written
}

function writeEntry(folder: string, name: string, data: Buffer): string {
  const path = resolve(folder, name)
  if (!path.startsWith(resolve(folder) + sep)) throw new Error(`archive entry "${name}" leads out of its folder`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, data, { mode: 0o755 })
  return path
}

function textAt(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length)
  const end = field.indexOf(0)
  return field.subarray(0, end === -1 ? length : end).toString('latin1')
}
