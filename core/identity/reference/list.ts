/** A reviewed list of facts that the judgement of identities rests on. */
export type ReferenceList = Readonly<{
  name: string
  /** Day of the last review. */
  reviewed: string
  /** Where the entries come from and under what terms. */
  source: string
  /** Lower case, sorted, each once. */
  values: readonly string[]
}>

/** A list from words parted by blanks; sorted, so that its hash does not depend on how it is written down. */
export function referenceList(name: string, reviewed: string, source: string, words: string): ReferenceList {
  return { name, reviewed, source, values: [...new Set(words.trim().split(/\s+/))].sort() }
}

/** Terms of the lists kept by hand. */
export const KEPT_BY_HAND =
  'Kept by hand: publicly known facts, no third-party data set; covered by the licence of this repository.'
