import { mixHashes } from './hash-text.ts'
import { createList } from './list.ts'
import { createWordTable } from './word-table.ts'

/** Codes of pairs of words. */
export type PairCodes = Readonly<{
  /** The code of a pair, given now where it has none: from 1 on, in the order in which they come. */
  codeOf(a: number, b: number): number
  /** The code that the next new pair gets. */
  size(): number
}>

/** An empty table of pairs. */
export function createPairCodes(): PairCodes {
  const [lefts, rights] = [createList(), createList()]
  const table = createWordTable()
  lefts.push(0)
  rights.push(0)
  return {
    codeOf: (a: number, b: number): number => {
      const key = mixHashes(a, b) || 1
      let code = table.first(key)
      while (code !== 0 && (lefts.at(code) !== a || rights.at(code) !== b)) code = table.next()
      if (code !== 0) return code
      rights.push(b)
      table.add(key, lefts.push(a) - 1)
      return lefts.length() - 1
    },
    size: (): number => lefts.length(),
  }
}
