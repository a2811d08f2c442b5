import { hashText } from './hash-text.ts'
import { createWordTable } from './word-table.ts'

/** Distinct texts behind codes: text `c` is `texts[c]`, code 0 is "nothing known" and its text is empty. */
export type Dictionary = Readonly<{
  texts: readonly string[]
  /** The code of a text, given now where it has none; 0 for an empty text. */
  codeOf(text: string): number
  /** The code of a text that was met, 0 for others. */
  find(text: string): number
}>

/** Tells hashes of whole texts from keys of blocks. */
const TEXTS = 31

/** An empty dictionary: a table of hashes, beside which a `Map` takes twice the time and the memory for a million texts. */
export function createDictionary(): Dictionary {
  const texts: string[] = ['']
  const table = createWordTable()
  const found = (text: string, hash: number): number => {
    // Texts of one hash lie one after the other.
    let code = table.first(hash)
    while (code !== 0 && texts[code] !== text) code = table.next()
    return code
  }
  return {
    texts,
    codeOf: text => {
      if (text === '') return 0
      const hash = hashText(text, TEXTS)
      const known = found(text, hash)
      if (known !== 0) return known
      table.add(hash, texts.length)
      texts.push(text)
      return texts.length - 1
    },
    find: text => (text === '' ? 0 : found(text, hashText(text, TEXTS))),
  }
}

/**
 * How many records carry each code.
 *
 * @param codes one per record, 0 where missing
 * @param size number of codes, the 0 included
 * @returns counts per code; that of 0 is 0
 *
 * Source: docs/methods/identity.md, "Term frequency".
 */
export function countsOf(codes: Uint32Array, size: number): Uint32Array {
  const counts = new Uint32Array(size)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number // i < length
    counts[code] = (counts[code] as number) + 1
  }
  counts[0] = 0
  return counts
}
