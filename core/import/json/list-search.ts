import { joinedBytes } from '#lib/joined-bytes'
import { utf8Of } from '#lib/utf8'
import type { Encoding } from '#schema/import'
import { encodedText, escapedJson } from '../encoded-text.ts'
import { MAX_RECORD_BYTES } from '../records/record-source.ts'
import { createTranscoder } from '../transcode.ts'
import { lenientText } from '../utf8-text.ts'
import { ElementSplitter } from './element-splitter.ts'
import { namesOfPath } from './list-path.ts'
import { choosableLists, createListSurvey, type TextLayout } from './list-survey.ts'

/** Looks for one list of records in a JSON document that comes in chunks. */
export type ListSearch = Readonly<{
  /** @returns is there no need for more of the document? */
  push(chunk: Uint8Array): boolean
  /** The beginning of a document with that list alone, to plan by; null where the list was not found. */
  head(): Uint8Array | null
  /** Paths of the lists so far that could be chosen. */
  paths(): readonly string[]
}>

const COMMA = 44

/**
 * A search through a whole document, for a list that its first bytes do not have.
 *
 * @param recordsAt path of the list
 * @param layout encoding of the document, which the head has too, with its byte order mark
 * @param headBytes of records, after which the search is over
 * @returns a search that never throws: what is no JSON has no list
 *
 * Source: docs/methods/import.md, "JSON".
 */
export function createListSearch(recordsAt: string, layout: TextLayout, headBytes: number): ListSearch {
  const parts: Uint8Array[] = []
  const { encoding, bomBytes } = layout
  const transcoder = createTranscoder(encoding)
  const survey = createListSurvey({ encoding: 'utf-8', bomBytes: 0 })
  let mark = new Uint8Array(0)
  let length = 0
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
      if (due > 0) mark = joinedBytes([mark, chunk.slice(0, due)])
      const rest = transcoder.push(due > 0 ? chunk.subarray(due) : chunk)
      survey.push(rest)
      if (!isOver) split(rest)
      isOver ||= length >= headBytes
      return isOver
    },
    head() {
      const rest = isOver ? new Uint8Array(0) : transcoder.end()
      survey.push(rest)
      split(rest)
      return splitter.hasList ? joinedBytes([mark, encoded(opening(recordsAt), joinedBytes(parts), encoding)]) : null
    },
    paths: () => choosableLists(survey.lists()).map(({ path }) => path),
  }
}

function opening(recordsAt: string): string {
  return `${namesOfPath(recordsAt)
    .map(name => `{"${name}":`)
    .join('')}[`
}

/** The head in the encoding of the document: the names that lead to the list as they stand there, what is in it escaped. */
function encoded(opening: string, inside: Uint8Array, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return joinedBytes([utf8Of(opening), inside])
  return encodedText(opening + escapedJson(lenientText(inside), encoding), encoding)
}

/** Does a JSON document have a list there, whose records begin within the bytes? */
export function hasListAt(head: Uint8Array, recordsAt: string): boolean {
  let isBroken = false
  const stop = (): never => {
    isBroken = true
    throw new Error('what is broken is told when the document is read')
  }
  const splitter = new ElementSplitter(MAX_RECORD_BYTES, () => undefined, stop, recordsAt)
  try {
    splitter.push(head)
  } catch (error) {
    if (!isBroken) throw error
  }
  return splitter.hasList
}
