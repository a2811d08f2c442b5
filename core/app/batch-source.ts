import { createHash } from 'node:crypto'
import { AppError } from '#lib/errors'
import type { BatchSource } from '#store'
import type { OpenedSource } from './plan-sources.ts'
import {
  changed,
  changeOf,
  expandFile,
  fileAt,
  readHead,
  type SourceFacts,
  type SourceFile,
  type SourceHead,
} from './source-file.ts'

/** What a file of a batch is known again by, should the batch be broken off. */
export function batchSource({ path, name, entry }: SourceFile, head: SourceHead): BatchSource {
  return {
    path,
    name,
    entry: entry?.name ?? null,
    bytes: head.bytes,
    changedNs: changeOf(head),
    headSha256: createHash('sha256').update(head.head).digest('hex'),
  }
}

export type FoundSource = Readonly<{ file: SourceFile; facts: SourceFacts; source: BatchSource }>

/**
 * The file of a batch that was broken off: where it was, if it was not changed since, or among files handed over again, by its
 * name, length and beginning.
 *
 * @throws AppError usage/missing-file, import/file-changed, import/not-readable
 */
export async function findSource(wanted: BatchSource, given: readonly OpenedSource[]): Promise<FoundSource> {
  const again = given.map(({ file }) => file).filter(({ name, entry }) => isNamed(wanted, name, entry?.name))
  const there = (await filesAt(wanted)).map(file => ({ file, isMoved: false }))
  let failure: unknown = null
  for (const { file, isMoved } of [...there, ...again.map(each => ({ file: each, isMoved: true }))]) {
    try {
      const found = await lookAt(file)
      if (isSame(found.source, wanted, isMoved)) return found
      failure ??= changed(file)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failure ??= error
    }
  }
  throw failure ?? missing(wanted)
}

/** Why a file of a batch cannot be read again from where it was, as far as can be told without reading it; null: it can. */
export function sourceProblem({ path, name, entry, bytes, changedNs }: BatchSource): string | null {
  const found = fileAt(path)
  if (found === null) return `${name} is no longer where it was; hand it over again`
  const isSame = String(found.mtimeNs) === changedNs && (entry !== null || Number(found.size) === bytes)
  return isSame ? null : `${name} has changed since; discard this import and begin it again`
}

async function filesAt({ path, name, entry }: BatchSource): Promise<readonly SourceFile[]> {
  const own = { path, name: entry === null ? name : name.slice(0, -entry.length - 1) }
  if (fileAt(path) === null) return []
  if (entry === null) return [own]
  return (await expandFile(own)).filter(file => file.entry?.name === entry)
}

async function lookAt(file: SourceFile): Promise<FoundSource> {
  const head = await readHead(file)
  const { head: _head, isWhole: _isWhole, ...facts } = head
  return { file, facts, source: batchSource(file, head) }
}

/** A file that was moved or handed over again may have another time of change: a copy has its own. */
function isSame(found: BatchSource, wanted: BatchSource, isMoved: boolean): boolean {
  const isUnchanged = isMoved || found.changedNs === wanted.changedNs
  return isUnchanged && found.bytes === wanted.bytes && found.headSha256 === wanted.headSha256
}

function isNamed(wanted: BatchSource, name: string, entry: string | undefined): boolean {
  return wanted.name === name && wanted.entry === (entry ?? null)
}

function missing({ name }: BatchSource): AppError {
  return new AppError('usage/missing-file', `${name} is no longer where it was; hand it over again`, { file: name })
}
