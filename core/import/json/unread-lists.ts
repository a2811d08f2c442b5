import { lenientText } from '../utf8-text.ts'
import { pathOfNames } from './list-path.ts'

/** Records in a JSON document that stand somewhere else than those that are read. */
export type UnreadList = Readonly<{
  /** Names of the members that lead to it, joined by dots, those in names escaped; empty for the document itself. */
  path: string
  records: number
  /** 1-based line of its opening bracket. */
  line: number
  /** Is it an object with a record under each name, and no list? */
  isByName: boolean
}>

/** The first of them, and how many more there are. */
export type UnreadLists = Readonly<{ lists: readonly UnreadList[]; more: number }>

type Level = {
  readonly path: string
  readonly line: number
  readonly isList: boolean
  /** Lists found before it. */
  readonly before: number
  objects: number
  lists: number
  members: number
}

const QUOTE = 34
const BACKSLASH = 92
const COLON = 58
const ARRAY_OPEN = 91
const ARRAY_CLOSE = 93
const OBJECT_OPEN = 123
const OBJECT_CLOSE = 125
const MOST_LISTS = 20
/** Objects inside objects in which lists are looked for. */
const MOST_LEVELS = 8
const NAME_BYTES = 80
const LF = 10

/**
 * Finds the lists of objects or lists in the bytes of a JSON document, and the objects with two members or more that are
 * all objects. What is inside their records is not looked at. Memory is bounded whatever the document.
 *
 * Source: docs/methods/import.md, "JSON".
 */
export class UnreadListFinder {
  private readonly levels: Level[] = []
  private readonly name = new Uint8Array(NAME_BYTES)
  private nameLength = 0
  private isString = false
  private isEscaped = false
  /** Brackets open in a record of a list, or deeper than is looked at. */
  private inside = 0
  private lists: UnreadList[] = []
  private more = 0

  push(byte: number, line: number): void {
    if (this.isString) this.inString(byte)
    else if (byte === QUOTE) {
      this.isString = true
      if (this.inside === 0) this.nameLength = 0
    } else if (byte === OBJECT_OPEN || byte === ARRAY_OPEN) this.open(byte === ARRAY_OPEN, line)
    else if (byte === OBJECT_CLOSE || byte === ARRAY_CLOSE) this.close()
    else if (byte === COLON && this.inside === 0) this.count('members')
  }

  /** Is nothing open, in a document that has begun? */
  get isOver(): boolean {
    return this.levels.length === 0 && this.inside === 0 && !this.isString
  }

  found(): UnreadLists {
    return { lists: this.lists, more: this.more }
  }

  /** Of a document that is cut off: closes what is open. */
  end(): UnreadLists {
    this.inside = 0
    while (this.levels.length > 0) this.close()
    return this.found()
  }

  private inString(byte: number): void {
    if (this.isEscaped) this.isEscaped = false
    else if (byte === BACKSLASH) this.isEscaped = true
    else if (byte === QUOTE) {
      this.isString = false
      return
    }
    if (this.inside === 0 && this.nameLength < NAME_BYTES) this.name[this.nameLength++] = byte
  }

  private count(what: 'objects' | 'lists' | 'members'): void {
    const level = this.levels.at(-1)
    if (level !== undefined) level[what]++
  }

  private open(isList: boolean, line: number): void {
    const parent = this.levels.at(-1)
    if (this.inside === 0) this.count(isList ? 'lists' : 'objects')
    if (this.inside > 0 || parent?.isList === true || this.levels.length === MOST_LEVELS) {
      this.inside++
      return
    }
    const name = parent === undefined ? '' : lenientText(this.name.subarray(0, this.nameLength))
    const own = pathOfNames([name])
    const path = parent === undefined || parent.path === '' ? own : `${parent.path}.${own}`
    this.levels.push({ path, line, isList, before: this.lists.length, objects: 0, lists: 0, members: 0 })
  }

  private close(): void {
    if (this.inside > 0) {
      this.inside--
      return
    }
    const level = this.levels.pop()
    if (level === undefined) return
    const { path, line, isList, before, objects, lists, members } = level
    const isByName = !isList && objects > 1 && objects === members
    const records = isList ? objects + lists : objects
    if (records === 0 || !(isList || isByName)) return
    this.lists = this.lists.slice(0, before)
    if (this.lists.length === MOST_LISTS) this.more++
    else this.lists.push({ path, records, line, isByName })
  }
}

/** The lists of records in the beginning of a JSON document; `data` too. */
export function listsOfRecords(head: Uint8Array): readonly UnreadList[] {
  const finder = new UnreadListFinder()
  let line = 1
  for (const byte of head) {
    finder.push(byte, line)
    if (byte === LF) line++
  }
  return finder.end().lists
}

/** A list in the words of a sentence: its path, how many records, and its line. */
export function listWords({ path, records, line, isByName }: UnreadList): string {
  const counted = `${records} ${records === 1 ? 'record' : 'records'}${isByName ? ' by name' : ''}`
  return `"${path}" (${counted}, line ${line})`
}
