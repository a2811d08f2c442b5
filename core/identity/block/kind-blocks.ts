import { sharedWords } from '#lib/shared-words'
import type { CodeLists } from '../columns/list.ts'
import type { KeyKind } from './block-keys.ts'
import type { Memberships } from './candidate-chunks.ts'
import { sortedColumns } from './radix-order.ts'
import type { RecordPlaces } from './record-places.ts'
import { type Blocks, eachRun, splitBlocks } from './split-blocks.ts'

/** Keys of each record by kind, which one thread or two fill: each kind has its place in the rows. */
export type KeyRows = Pick<Memberships, 'rows' | 'width' | 'places'>

/** Blocks of two or more records of one kind, and where the keys of a record are: at a place of the rows, or in lists. */
export type KindBlocks = Blocks & Readonly<{ own: number | CodeLists }>

/**
 * Rows without any key.
 *
 * @param size number of records
 * @param kinds how many
 * @param places where records lie, null where each is its own place
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function createKeyRows(size: number, kinds: number, places: RecordPlaces | null = null): KeyRows {
  // Nobody asks for keys of the last kind: there is none after it.
  const width = Math.max(1, kinds - 1)
  return { rows: sharedWords(size * width), width, places }
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
export function kindBlocks(kind: KeyKind, { rows, width, places }: KeyRows, place: number): KindBlocks | null {
  const entries = kind.entries()
  if (entries.keys.length <= 1) return null
  const blocks = placed(withoutLone(splitBlocks(kind, entries)), places)
  const lists = keyLists(rows.length / width, blocks)
  if (lists !== null) return { ...blocks, own: lists }
  const { keys, records } = blocks
  // Every key is above 0, and has two records or more.
  if (place < width)
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

/** Places in the stead of records, and blocks in the order of their first places: what is read for one block then lies near what was read before. */
function placed({ keys, records, count }: Blocks, places: RecordPlaces | null): Blocks {
  if (places === null) return { keys, records, count }
  const [firsts, starts] = [new Uint32Array(count.blocks), new Uint32Array(count.blocks)]
  let block = 0
  eachRun(keys, (from, to) => {
    let first = places.recordAt.length
    for (let i = from; i < to; i++) {
      const place = places.placeOf[records[i] as number] as number // i < to <= length; records are below the size
      records[i] = place
      first = Math.min(first, place)
    }
    firsts[block] = first
    starts[block++] = from
  })
  const [, order] = sortedColumns([firsts, starts] as const, 0)
  const found = { keys: sharedWords(keys.length), records: sharedWords(keys.length) }
  let at = 0
  for (let i = 0; i < order.length; i++) {
    const key = keys[order[i] as number] as number // each block has two entries or more
    for (let from = order[i] as number; keys[from] === key; from++) {
      found.keys[at] = key
      found.records[at++] = records[from] as number
    }
  }
  return { ...found, count }
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
