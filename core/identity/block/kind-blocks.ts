import { sharedWords } from '#lib/shared-words'
import type { CodeLists } from '../columns/list.ts'
import type { KeyKind } from './block-keys.ts'
import type { Memberships } from './candidate-chunks.ts'
import { type Blocks, eachRun, splitBlocks } from './split-blocks.ts'

/** Keys of each record by kind, which one thread or two fill: each kind has its place in the rows. */
export type KeyRows = Pick<Memberships, 'rows' | 'width'>

/** Blocks of two or more records of one kind, and where the keys of a record are: at a place of the rows, or in lists. */
export type KindBlocks = Blocks & Readonly<{ own: number | CodeLists }>

/**
 * Rows without any key.
 *
 * @param size number of records
 * @param kinds how many
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function createKeyRows(size: number, kinds: number): KeyRows {
  return { rows: sharedWords(size * kinds), width: kinds }
}

/**
 * The blocks of one kind; puts its keys into the rows where no record has two of them.
 *
 * @param kind its entries
 * @param rows of all kinds
 * @param place of this one
 * @returns null where there are no two keys
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function kindBlocks(kind: KeyKind, { rows, width }: KeyRows, place: number): KindBlocks | null {
  const entries = kind.entries()
  if (entries.keys.length <= 1) return null
  const blocks = withoutLone(splitBlocks(kind, entries))
  const lists = keyLists(rows.length / width, blocks)
  if (lists !== null) return { ...blocks, own: lists }
  const { keys, records } = blocks
  // Every key is above 0, and has two records or more.
  for (let i = 0; i < keys.length; i++) rows[(records[i] as number) * width + place] = keys[i] as number
  return { ...blocks, own: place }
}

/** Blocks of one bring up no pair, and there are more of them than of others. */
function withoutLone({ keys, records, count }: Blocks): Blocks {
  const kept = { keys: sharedWords(count.records), records: sharedWords(count.records) }
  let at = 0
  eachRun(keys, (from, to) => {
    for (let i = from; i < to; i++) {
      kept.keys[at] = keys[i] as number // i < to <= length
      kept.records[at++] = records[i] as number
    }
  })
  return { ...kept, count }
}

/** Keys of each record; null where no record has two. Blocks of one are no key: nobody is met there. */
function keyLists(size: number, { keys, records }: Blocks): CodeLists | null {
  const isMet = new Uint8Array(size)
  let isSingle = true
  for (let i = 0; i < records.length && isSingle; i++) {
    const record = records[i] as number // i < length, here and below; records are below the size
    isSingle = isMet[record] === 0
    isMet[record] = 1
  }
  if (isSingle) return null
  const offsets = sharedWords(size + 1)
  for (let i = 0; i < records.length; i++) {
    const next = (records[i] as number) + 1
    offsets[next] = (offsets[next] as number) + 1
  }
  for (let i = 0; i < size; i++) offsets[i + 1] = (offsets[i + 1] as number) + (offsets[i] as number)
  const next = offsets.slice()
  const codes = sharedWords(offsets[size] as number)
  for (let i = 0; i < records.length; i++) {
    const record = records[i] as number
    codes[next[record] as number] = keys[i] as number
    next[record] = (next[record] as number) + 1
  }
  return { offsets, codes }
}
