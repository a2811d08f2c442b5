import { ByteDictionary } from '#lib/byte-dictionary'
import { byteSource } from '#lib/byte-source'
import { AppError } from '#lib/errors'
import type { TextColumn } from '#schema/event'
import type { EventCode } from '#schema/import'
import { decodeColumns, encodeColumns } from '../columns/index.ts'
import { type Readable, statement, type Writable } from '../connection.ts'

/** Texts whose codes are firstCode, firstCode + 1, ... */
export type DictionaryPage = Readonly<{ firstCode: number; texts: TextColumn }>

/** Kinds whose codes hold for the whole project; the texts of the others lie in the segments that use them. */
export const SHARED_CODES = ['name', 'workspace', 'user'] as const satisfies readonly EventCode[]
export type SharedCode = (typeof SHARED_CODES)[number]

/** The dictionaries of a project, by kind: code c of a column is text c. */
export type EventDictionaries = Readonly<Record<SharedCode, ByteDictionary>>

/**
 * Pages up to those of the newest published import. A page of an import that was not published is among them where a
 * later one was: its texts may be in use.
 */
export const PUBLISHED_PAGES = `
  SELECT first_code AS firstCode, text_count AS count, texts FROM event_dictionary
  WHERE kind = ? AND import_id <= (SELECT max(id) FROM import WHERE status = 'published')
  ORDER BY first_code`
const FIRST_PAGES = `${PUBLISHED_PAGES} LIMIT 2`
const ALL_PAGES = `
  SELECT first_code AS firstCode, text_count AS count, texts FROM event_dictionary WHERE kind = ? ORDER BY first_code`
const ADD_PAGE = `
  INSERT INTO event_dictionary (kind, first_code, text_count, import_id, texts) VALUES (?, ?, ?, ?, ?)`

type PageRow = Readonly<{ firstCode: number; count: number; texts: Uint8Array }>

/** Texts in one page: small enough that looking one up does not fetch many. */
const PAGE_TEXTS = 16_384

/** The published pages of a kind, which follow each other without a gap. */
export function publishedPages(db: Readable, kind: SharedCode): readonly DictionaryPage[] {
  return pagesOf(statement<PageRow>(db, PUBLISHED_PAGES).all(kind), kind)
}

/** The first two of them. */
export function firstPages(db: Readable, kind: SharedCode): readonly DictionaryPage[] {
  return pagesOf(statement<PageRow>(db, FIRST_PAGES).all(kind), kind)
}

/** The same with the pages of imports that wait to be published. */
export function stagedPages(db: Readable, kind: SharedCode): readonly DictionaryPage[] {
  return pagesOf(statement<PageRow>(db, ALL_PAGES).all(kind), kind)
}

/** All dictionaries, with what unpublished imports added: what a writer goes on from. */
export function loadDictionaries(db: Readable): EventDictionaries {
  return Object.fromEntries(
    SHARED_CODES.map(kind => {
      const dictionary = new ByteDictionary(false)
      for (const { texts } of pagesOf(statement<PageRow>(db, ALL_PAGES).all(kind), kind))
        addPage(dictionary, texts, kind)
      return [kind, dictionary]
    }),
  ) as Record<SharedCode, ByteDictionary> // every kind is in the list
}

/** Writes the texts after the first `from` of a dictionary as pages of an import. */
export function writePages(
  db: Writable,
  kind: SharedCode,
  dictionary: ByteDictionary,
  page: Readonly<{ from: number; importId: number }>,
): void {
  const { offsets, source } = dictionary.heap
  for (let from = page.from; from < dictionary.size; from += PAGE_TEXTS) {
    const to = Math.min(from + PAGE_TEXTS, dictionary.size)
    // Within range: from < to <= size, and there is an offset after the last text.
    const start = offsets[from] as number
    const textsOffsets = offsets.slice(from, to + 1).map(offset => offset - start)
    const textsBytes = source.bytes.subarray(start, offsets[to])
    const blob = encodeColumns({ textsOffsets, textsBytes })
    statement(db, ADD_PAGE).run(kind, from + 1, to - from, page.importId, blob)
  }
}

/** The code of a text, 0 where no event has it. Reads through the pages: no table is made for one question. */
export function findCode(pages: readonly DictionaryPage[], text: Uint8Array): number {
  for (const { firstCode, texts } of pages) {
    const { offsets, bytes } = texts
    for (let i = 0; i + 1 < offsets.length; i++) {
      const start = offsets[i] as number
      if ((offsets[i + 1] as number) - start === text.length && isAt(bytes, start, text)) return firstCode + i
    }
  }
  return 0
}

function isAt(bytes: Uint8Array, start: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false
  return true
}

function addPage(dictionary: ByteDictionary, texts: TextColumn, kind: SharedCode): void {
  const source = byteSource(texts.bytes)
  for (let i = 0; i + 1 < texts.offsets.length; i++) {
    const code = dictionary.size + 1
    // Within range: i + 1 < length.
    if (dictionary.intern(source, texts.offsets[i] as number, texts.offsets[i + 1] as number) !== code) {
      throw new AppError('store/corrupt', `the dictionary ${kind} of the project file holds a text twice`, { kind })
    }
  }
}

function pagesOf(rows: readonly PageRow[], kind: SharedCode): readonly DictionaryPage[] {
  let next = 1
  return rows.map(({ firstCode, count, texts }) => {
    if (firstCode !== next) {
      throw new AppError('store/corrupt', `a page of the dictionary ${kind} is missing in the project file`, {
        kind,
        next,
      })
    }
    next += count
    return { firstCode, texts: decodeColumns(texts).texts('texts', count) }
  })
}
