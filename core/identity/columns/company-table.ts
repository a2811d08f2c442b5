import { isWeakCompanyWord, readCompanyName } from '../normalise/company-name.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import { countsOf, createDictionary, type Dictionary } from './dictionary.ts'
import { type CodeLists, createCodeLists, createList } from './list.ts'

/** Distinct names of companies behind codes. Code 0 is "nothing known", generic names too. */
export type CompanyTable = Readonly<{
  words: Dictionary
  /** 1: the word says little. */
  isWeak: Uint8Array
  /** Words of each name in order, legal forms cut. */
  word: CodeLists
  /** Words that stood in brackets. */
  aside: CodeLists
  /** All words in one piece, as a code: `red hat` and `redhat` are one. */
  compact: Uint32Array
  compacts: Dictionary
  /** Initials of names of three words or more, as a code of `compacts`. */
  initials: Uint32Array
  /** Records per compact name and per word. */
  compactCount: Uint32Array
  wordCount: Uint32Array
  /** 1: the name is one that workspaces get when nobody names them. */
  isGeneric: Uint8Array
}>

/** Collects names of companies. */
export type CompanyTableBuilder = Readonly<{
  codeOf(text: string | null): number
  finish(nameOfRecord: Uint32Array): CompanyTable
}>

const LEAST_WORDS_FOR_INITIALS = 3

/** An empty builder. */
export function createCompanyTable(lists: Words = SHIPPED_WORDS): CompanyTableBuilder {
  const codes = new Map<string, number>()
  const [words, compacts] = [createDictionary(), createDictionary()]
  const [word, aside] = [createCodeLists(), createCodeLists()]
  const [compact, initials, generic] = [createList(), createList(), createList()]
  const push = (text: string | null): number => {
    const name = readCompanyName(text, lists)
    for (const part of name.words) word.add(words.codeOf(part))
    for (const part of name.aside) aside.add(words.codeOf(part))
    word.next()
    aside.next()
    initials.push(
      name.words.length < LEAST_WORDS_FOR_INITIALS
        ? 0
        : compacts.codeOf(name.words.map(part => part.slice(0, 1)).join('')),
    )
    generic.push(name.kind === 'generic' ? 1 : 0)
    return compact.push(compacts.codeOf(name.words.join(''))) - 1
  }
  push(null)
  return {
    codeOf: text => {
      if (text === null) return 0
      const known = codes.get(text)
      if (known !== undefined) return known
      const code = push(text)
      codes.set(text, code)
      return code
    },
    finish: nameOfRecord => {
      const [compactOf, lists] = [compact.words(), word.finish()]
      // Codes lie within their tables; offsets have one entry more than there are names.
      const wordCount = new Uint32Array(words.texts.length)
      for (const code of nameOfRecord) {
        for (let at = lists.offsets[code] as number; at < (lists.offsets[code + 1] as number); at++) {
          const part = lists.codes[at] as number
          wordCount[part] = (wordCount[part] as number) + 1
        }
      }
      return {
        words,
        isWeak: Uint8Array.from(words.texts, text => (isWeakCompanyWord(text) ? 1 : 0)),
        word: lists,
        aside: aside.finish(),
        compact: compactOf,
        compacts,
        initials: initials.words(),
        compactCount: countsOf(
          nameOfRecord.map(code => compactOf[code] as number),
          compacts.texts.length,
        ),
        wordCount,
        isGeneric: Uint8Array.from(generic.words()),
      }
    },
  }
}
