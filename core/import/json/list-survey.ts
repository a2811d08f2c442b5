import type { FilePlan } from '#schema/import'
import { createTranscoder } from '../transcode.ts'
import { type UnreadList, UnreadListFinder } from './unread-lists.ts'

/** How the bytes of a file are text. */
export type TextLayout = Pick<FilePlan, 'encoding' | 'bomBytes'>

/** Looks for all lists of records in a JSON document that comes in chunks. */
export type ListSurvey = Readonly<{
  /** @returns is there no need for more of the document? */
  push(chunk: Uint8Array): boolean
  /** The lists so far, also of a document that is cut off here; none where it is no document. */
  lists(): readonly UnreadList[]
}>

const LF = 10
const CR = 13
const OBJECT_OPEN = 123

/**
 * A survey of the lists in an object; what is no JSON, or several objects, has none.
 *
 * @param layout encoding, and bytes of the byte order mark
 * @returns a survey that never throws; call `lists` once, at the end
 *
 * Source: docs/methods/import.md, "JSON".
 */
export function createListSurvey({ encoding, bomBytes }: TextLayout): ListSurvey {
  const transcoder = createTranscoder(encoding)
  const finder = new UnreadListFinder()
  let due = bomBytes
  let line = 1
  let last = 0
  let state: 'before' | 'inside' | 'behind' | 'none' = 'before'
  /** Between values. @returns may it go on? */
  const begin = (byte: number): boolean => {
    if (byte <= 32) return true
    const isFirst = state === 'before' && byte === OBJECT_OPEN
    state = isFirst ? 'inside' : 'none'
    if (isFirst) finder.push(byte, line)
    return isFirst
  }
  const look = (byte: number): void => {
    finder.push(byte, line)
    if (finder.isOver) state = 'behind'
  }
  const take = (bytes: Uint8Array): boolean => {
    for (const byte of bytes) {
      if (byte === CR || (byte === LF && last !== CR)) line++
      last = byte
      if (state === 'inside') look(byte)
      else if (!begin(byte)) return true
    }
    return false
  }
  return {
    push(chunk) {
      const cut = Math.min(due, chunk.length)
      due -= cut
      return take(transcoder.push(chunk.subarray(cut)))
    },
    lists() {
      if (state === 'inside') take(transcoder.end())
      return state === 'none' ? [] : finder.end().lists
    },
  }
}

/** The lists that can be chosen by their paths. */
export function choosableLists(lists: readonly UnreadList[]): readonly UnreadList[] {
  return lists.filter(({ path, isByName }) => !isByName && path !== '')
}
