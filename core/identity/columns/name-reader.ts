import { sharedWords } from '#lib/shared-words'
import type { Steps } from '#lib/steps'
import { readNameParts } from '../normalise/person-name.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import type { CodeLists } from './list.ts'
import { NAME_CELL, type NameCells } from './name-cells.ts'
import { createSpellings } from './name-spellings.ts'
import { createNameTable, knownGivenNames, type NameTable } from './name-table.ts'
import { createPhoneReader, type ReadPhones } from './phone-table.ts'
import { type StoredTexts, textsIn } from './text-table.ts'

/** The names and phone numbers of all records. */
export type ReadNames = Readonly<{
  table: NameTable
  /** As `knownGivenNames` finds them. */
  knownGiven: Uint8Array
  /** Code of a name per record. */
  name: Uint32Array
  /** By name, as `createSpellings` collects them. */
  spellings: CodeLists
  /** Single words, which may be handles: their codes, rising, and per code the text as it was given. */
  bare: Readonly<{ codes: Uint32Array; texts: StoredTexts }>
  phones: ReadPhones
}>

/** Reads names and phone numbers cell by cell. */
export type NameReader = Readonly<{ take(cells: NameCells): void; finish(): ReadNames }>

/** Who reads names and phone numbers: this thread, or another one while this one reads the rest. */
export type NamesBy = Readonly<{
  take(cells: NameCells, isLast: boolean): void
  /** Once all are taken; halts while they are waited for. */
  finish(): Steps<ReadNames>
}>

/**
 * A reader of the names and phone numbers of one table.
 *
 * @param size number of records
 * @param words lists that names are read by
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function createNameReader(size: number, words: Words = SHIPPED_WORDS): NameReader {
  const names = createNameTable(words, size)
  const name = sharedWords(size)
  const spellings = createSpellings()
  const phones = createPhoneReader(size)
  let record = 0
  return {
    take: ({ texts, kinds, phones: phoneCells }) => {
      const { bytes, starts } = texts
      const own = textsIn(texts)
      for (let i = 0; i < kinds.length; i++) {
        // One kind and one text per cell.
        const run = { bytes, from: starts[i] as number, to: starts[i + 1] as number }
        if (kinds[i] === NAME_CELL.whole) name[record] = names.codeOfWhole(run, () => own.text(i))
        else if (kinds[i] === NAME_CELL.parts) name[record] = codeOfParts(own.text(i))
        record++
      }
      phones.take(phoneCells)
      // While others are read elsewhere, rather than at the end, when these are waited for.
      names.spellInto(spellings)
    },
    finish: () => {
      const table = names.finish(name)
      names.spellInto(spellings)
      const read = { table, name, spellings: spellings.finish(), bare: names.bare(), phones: phones.finish() }
      return { ...read, knownGiven: knownGivenNames(table, name) }
    },
  }
  function codeOfParts(text: string): number {
    const [first = '', last = ''] = text.split('\u0000')
    return names.codeOf(text, () => readNameParts(first, last, words))
  }
}

/**
 * Names that are read as they come.
 *
 * @param size number of records
 * @param words lists that names are read by
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function namesHere(size: number, words: Words): NamesBy {
  const reader = createNameReader(size, words)
  return {
    take: reader.take,
    finish: function* () {
      yield
      return reader.finish()
    },
  }
}
