import { isAscii } from 'node:buffer'
import { textOfUtf8, utf8Of } from '#lib/utf8'
import type { TextColumn } from '#schema/event'
import type { Readable } from '../connection.ts'
import { type DictionaryPage, findCode, firstPages, publishedPages, type SharedCode } from './dictionary-pages.ts'

/** The texts of the published events by kind and code. Pages are read on the first question about their kind, and kept. */
export type StoredTexts = Readonly<{
  size(kind: SharedCode): number
  text(kind: SharedCode, code: number): string
  /** The code of a text, 0 where no event has it. */
  code(kind: SharedCode, text: string): number
  /** Code -> text for a whole kind; index 0 is the empty string. Made anew on every call. */
  all(kind: SharedCode): readonly string[]
}>

/** @param pagesOf which pages there are: those of published events */
export function openStoredTexts(db: Readable, pagesOf = publishedPages): StoredTexts {
  const kept = new Map<SharedCode, readonly DictionaryPage[]>()
  const pages = (kind: SharedCode): readonly DictionaryPage[] => {
    const known = kept.get(kind) ?? pagesOf(db, kind)
    kept.set(kind, known)
    return known
  }
  return {
    size: kind => sizeOf(pages(kind)),
    text: (kind, code) => (code === 0 ? '' : textIn(pages(kind), code)),
    code: (kind, text) => findCode(pages(kind), utf8Of(text)),
    all: kind => ['', ...pages(kind).flatMap(({ texts }) => textsOf(texts))],
  }
}

/** Text i of a column, which must have one. */
export function textAt({ offsets, bytes }: TextColumn, i: number): string {
  return textOfUtf8(bytes, offsets[i], offsets[i + 1])
}

/** All texts of a column. Where all is ASCII, bytes and characters have the same places, and one decoding is enough. */
export function textsOf(column: TextColumn): readonly string[] {
  const { offsets, bytes } = column
  const count = offsets.length - 1
  if (!isAscii(bytes)) return Array.from({ length: count }, (_, i) => textAt(column, i))
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  return Array.from({ length: count }, (_, i) => all.slice(offsets[i], offsets[i + 1]))
}

function sizeOf(pages: readonly DictionaryPage[]): number {
  const last = pages.at(-1)
  return last === undefined ? 0 : last.firstCode + last.texts.offsets.length - 2
}

function textIn(pages: readonly DictionaryPage[], code: number): string {
  const page = pages.findLast(({ firstCode }) => firstCode <= code)
  return page === undefined ? '' : textAt(page.texts, code - page.firstCode)
}

/** The published texts of a kind that were met first: those of its first page. */
export function firstTexts(db: Readable, kind: SharedCode): Readonly<{ ids: readonly string[]; isAll: boolean }> {
  const [first, ...more] = firstPages(db, kind)
  return { ids: first === undefined ? [] : textsOf(first.texts), isAll: more.length === 0 }
}
