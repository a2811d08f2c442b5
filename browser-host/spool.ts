import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { refuseAbove } from './request-body.ts'

type SpooledFile = Readonly<{ path: string; name: string; bytes: number }>

export type Spool = Readonly<{
  /** Copies a body to a file of its own; nothing is left of one that breaks off or is above the cap. */
  take(body: Readable, name: string): Promise<SpooledFile>
  /** Deletes a file the spool took; any other path is left alone. */
  remove(path: string): Promise<void>
  /** Deletes all it took. */
  close(): Promise<void>
}>

const FOLDER = '.spool'

/**
 * Where uploads lie until they are imported: beside the projects, so that a disk that holds the one holds the other.
 * What a host that crashed has left there is deleted.
 */
export async function openSpool(dataFolder: string, maxBytes: number): Promise<Spool> {
  const parent = join(dataFolder, FOLDER)
  await removeLeftovers(parent)
  const folder = join(parent, `${process.pid}-${randomBytes(6).toString('hex')}`)
  const taken = new Set<string>()
  return {
    take: async (body, name) => {
      await mkdir(folder, { recursive: true })
      const path = join(folder, randomBytes(12).toString('hex'))
      try {
        const bytes = await copy(body, path, maxBytes)
        taken.add(path)
        return { path, name: plainName(name), bytes }
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
    },
    remove: async path => {
      if (taken.delete(path)) await rm(path, { force: true })
    },
    close: async () => {
      taken.clear()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function copy(body: Readable, path: string, maxBytes: number): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  let failure: unknown = null
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      // After a failure of the disk the rest is read and dropped: a page that is still sending would not see the answer.
      if (failure !== null) continue
      bytes += (chunk as Buffer).length
      refuseAbove(maxBytes, bytes)
      failure = await file.writeFile(chunk as Buffer).then(
        () => null,
        (error: unknown) => error,
      )
    }
  } finally {
    await file.close()
  }
  if (failure !== null) throw failure
  return bytes
}

/** The last part of what the page called the file, without what a terminal or a table would trip over. */
function plainName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const plain = name.replace(/^.*[\\/]/, '').replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
  return plain.slice(0, 255) || 'unnamed'
}

async function removeLeftovers(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => [])
  const dead = names.filter(name => !isRunning(Number.parseInt(name, 10)))
  await Promise.all(dead.map(name => rm(join(parent, name), { recursive: true, force: true })))
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
