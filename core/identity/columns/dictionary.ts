import { hashText } from './hash-text.ts'
import { TEXT_SEED, type TextCodes } from './text-table.ts'
import { createWordTable } from './word-table.ts'

/** Distinct texts behind codes: text `c` is `texts[c]`, code 0 is "nothing known" and its text is empty. */
export type Dictionary = TextCodes & Readonly<{ texts: readonly string[] }>

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
  const add = (text: string, hash: number): number => {
    table.add(hash, texts.length)
    return texts.push(text) - 1
  }
  return {
    texts,
    size: () => texts.length,
    text: code => texts[code] ?? '',
    length: code => (texts[code] ?? '').length,
    hash: (code, seed) => hashText(texts[code] ?? '', seed),
    codeOf: text => {
      if (text === '') return 0
      const hash = hashText(text, TEXT_SEED)
      return found(text, hash) || add(text, hash)
    },
    find: text => (text === '' ? 0 : found(text, hashText(text, TEXT_SEED))),
    codeOfAscii: ({ bytes, from, to, hash }) => {
      for (let code = table.first(hash); code !== 0; code = table.next())
        if (isAscii(texts[code] as string, bytes, from, to)) return code // codes are below the length
      return add(String.fromCharCode(...bytes.subarray(from, to)), hash)
    },
  }
}

function isAscii(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false
  return true
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
