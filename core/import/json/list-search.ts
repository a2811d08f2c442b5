import { utf8Of } from '#lib/utf8'
import { MAX_RECORD_BYTES } from '../records/record-source.ts'
import { ElementSplitter } from './element-splitter.ts'
import { namesOfPath } from './list-path.ts'
import { UnreadListFinder } from './unread-lists.ts'

/** Looks for one list of records in a JSON document that comes in chunks. */
export type ListSearch = Readonly<{
  /** @returns is there no need for more of the document? */
  push(chunk: Uint8Array): boolean
  /** The beginning of a document with that list alone, to plan by; null where the list was not found. */
  head(): Uint8Array | null
  /** Paths of the lists so far that could be chosen. */
  paths(): readonly string[]
}>

const LF = 10
const COMMA = 44

/**
 * A search through a whole document, for a list that its first bytes do not have.
 *
 * @param recordsAt path of the list
 * @param bomBytes of the document; they begin the head too
 * @param headBytes of records, after which the search is over
 * @returns a search that never throws: what is no JSON has no list
 *
 * Source: docs/methods/import.md, "JSON".
 */
export function createListSearch(recordsAt: string, bomBytes: number, headBytes: number): ListSearch {
  const parts: Uint8Array[] = []
  const finder = new UnreadListFinder()
  let mark = new Uint8Array(0)
  let length = 0
  let line = 1
  let isOver = false
  const splitter = new ElementSplitter(
    MAX_RECORD_BYTES,
    (bytes, _line, fault) => {
      if (fault !== 'none' || !splitter.hasList || length >= headBytes) return
      parts.push(bytes.slice(), Uint8Array.of(COMMA))
      length += bytes.length + 1
    },
    () => {
      isOver = true
      throw new Error('what is broken is told when the document is read')
    },
    recordsAt,
  )
  const split = (chunk: Uint8Array): void => {
    try {
      splitter.push(chunk)
    } catch (error) {
      if (!isOver) throw error
    }
  }
  return {
    push(chunk) {
      const due = bomBytes - mark.length
      if (due > 0) mark = joined([mark, chunk.slice(0, due)])
      const rest = due > 0 ? chunk.subarray(due) : chunk
      for (const byte of rest) {
        finder.push(byte, line)
        if (byte === LF) line++
      }
      if (!isOver) split(rest)
      isOver ||= length >= headBytes
      return isOver
    },
    head: () => (splitter.hasList ? joined([mark, opening(recordsAt), ...parts]) : null),
    paths: () =>
      finder
        .end()
        .lists.filter(({ path, isByName }) => path !== '' && !isByName)
        .map(({ path }) => path),
  }
}

function opening(recordsAt: string): Uint8Array {
  return utf8Of(
    `${namesOfPath(recordsAt)
      .map(name => `{"${name}":`)
      .join('')}[`,
  )
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
