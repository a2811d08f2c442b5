import { foldText } from '../normalise/fold.ts'
import { isWeakAddressWord, type PostalAddress, readAddress, readPostcode } from '../normalise/postal-address.ts'
import { isPlaceholder } from '../placeholder.ts'
import { countsOf, createDictionary, type Dictionary } from './dictionary.ts'
import { type CodeLists, createCodeLists, createList } from './list.ts'

/** Distinct street addresses behind codes. Code 0 is "nothing known". */
export type AddressTable = Readonly<{
  words: Dictionary
  numbers: Dictionary
  number: Uint32Array
  /** Words that say much, in order; all words where none does. */
  strong: CodeLists
  /** Number and strong words whatever their order, as a code. */
  whole: Uint32Array
  /** Records per `whole`. */
  wholeCount: Uint32Array
}>

/** Collects addresses. */
export type AddressTableBuilder = Readonly<{
  codeOf(cells: readonly (string | null)[]): number
  postcodeOf(text: string | null): string
  cityOf(text: string | null): string
  finish(addressOfRecord: Uint32Array): AddressTable
}>

/** An empty builder. */
export function createAddressTable(): AddressTableBuilder {
  const codes = new Map<string, number>()
  const [words, numbers, wholes] = [createDictionary(), createDictionary(), createDictionary()]
  const [number, whole] = [createList(), createList()]
  const strong = createCodeLists()
  const push = (address: PostalAddress): number => {
    const telling = address.words.filter(word => !isWeakAddressWord(word))
    const kept = telling.length === 0 ? address.words : telling
    for (const word of kept) strong.add(words.codeOf(word))
    strong.next()
    number.push(numbers.codeOf(address.number))
    return whole.push(kept.length === 0 ? 0 : wholes.codeOf(`${address.number} ${kept.toSorted().join(' ')}`)) - 1
  }
  push({ number: '', words: [] })
  return {
    codeOf: cells => {
      const text = cells.join('\u0000')
      const known = codes.get(text)
      if (known !== undefined) return known
      const address = readAddress(cells)
      const code = address.number === '' && address.words.length === 0 ? 0 : push(address)
      codes.set(text, code)
      return code
    },
    postcodeOf: readPostcode,
    cityOf: text => (text === null || isPlaceholder(text) ? '' : foldText(text)),
    finish: addressOfRecord => {
      const wholeOf = whole.words()
      // Codes lie within the table.
      const ofRecord = addressOfRecord.map(code => wholeOf[code] as number)
      return {
        words,
        numbers,
        number: number.words(),
        strong: strong.finish(),
        whole: wholeOf,
        wholeCount: countsOf(ofRecord, wholes.texts.length),
      }
    },
  }
}
