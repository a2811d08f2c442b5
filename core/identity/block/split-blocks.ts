import { mixHashes } from '../columns/hash-text.ts'
import type { KeyKind } from './block-keys.ts'
import { radixOrder, sortedColumns } from './radix-order.ts'

/** What one kind of key came to. Nothing is dropped silently: what a cap left out is counted. */
export type BlockCount = Readonly<{
  kind: string
  /** Blocks of two or more records, after splitting. */
  blocks: number
  /** Records in them; a record with several keys counts in each. */
  records: number
  largest: number
  /** Blocks that were larger than the cap before splitting. */
  split: number
  /** Pairs of these blocks that no smaller block holds. */
  pairsLeftOut: number
}>

/** A kind of key after splitting: its entries in the order of their keys, 0 keys left away. */
export type Blocks = Readonly<{
  /** Key of each entry, ascending. */
  keys: Uint32Array
  records: Uint32Array
  count: BlockCount
}>

/** Stands for records that have no further key: no code and no hash that is likely to occur. */
const WITHOUT = 0x9b17c3d5

type Run = Readonly<{ from: number; to: number }>

/**
 * Splits blocks above the cap by further keys, one after the other, and leaves out what is too large even then.
 *
 * @param kind a record without a further key stays apart from those that have one
 * @param entries of the kind, where they are at hand
 * @returns blocks of at most `cap` entries, and the counts
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function splitBlocks(kind: KeyKind, entries = kind.entries()): Blocks {
  const first = sorted(...withoutLoneKeys(entries.keys, entries.records))
  const tooLarge = largeRuns(first.keys, kind.cap)
  if (tooLarge.length === 0) return { ...first, count: countOf(kind.name, first.keys, { split: 0, pairsLeftOut: 0 }) }
  const keys = first.keys.slice()
  const touched = placesOf(tooLarge)
  let places = touched
  for (const further of kind.refine) {
    if (places.length === 0) break
    const refine = further()
    for (const place of places) {
      const record = first.records[place] as number // places lie within the entries
      keys[place] = mixHashes(keys[place] as number, (refine[record] as number) || WITHOUT)
    }
    places = largePlaces(places, keys, kind.cap)
  }
  for (const place of places) keys[place] = 0
  const before = tooLarge.reduce((sum, run) => sum + pairsOf(run), 0)
  const pairsLeftOut = before - pairsAmong(touched, keys)
  const blocks = sorted(keys, first.records)
  return { ...blocks, count: countOf(kind.name, blocks.keys, { split: tooLarge.length, pairsLeftOut }) }
}

/** Those of some entries that still share a key with too many of them. */
function largePlaces(places: Uint32Array, keys: Uint32Array, cap: number): Uint32Array {
  const own = places.map(place => keys[place] as number)
  const order = radixOrder(own)
  return placesOf(largeRuns(pick(own, order), cap)).map(at => places[order[at] as number] as number)
}

function placesOf(runs: readonly Run[]): Uint32Array {
  const places = new Uint32Array(runs.reduce((sum, { from, to }) => sum + to - from, 0))
  let at = 0
  for (const { from, to } of runs) for (let place = from; place < to; place++) places[at++] = place
  return places
}

function pairsAmong(places: Uint32Array, keys: Uint32Array): number {
  const own = places.map(place => keys[place] as number)
  let pairs = 0
  eachRun(pick(own, radixOrder(own)), (from, to) => {
    pairs += pairsOf({ from, to })
  })
  return pairs
}

/**
 * Walks runs of equal keys, two entries or more; key 0 is left out.
 *
 * @param keys ascending
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function eachRun(keys: Uint32Array, visit: (from: number, to: number) => void): void {
  for (let from = 0; from < keys.length; ) {
    let to = from + 1
    while (to < keys.length && keys[to] === keys[from]) to++
    if (to - from > 1 && keys[from] !== 0) visit(from, to)
    from = to
  }
}

function sorted(keys: Uint32Array, records: Uint32Array): Pick<Blocks, 'keys' | 'records'> {
  const [ascending, own] = sortedColumns([keys, records] as const, 0)
  return { keys: ascending, records: own }
}

/** Bits per entry of the filter: so many that one lone key in nine falls on another. */
const FILTER_BITS = 8

/** Most keys are nobody else's: those of which that is certain are left away before anything is sorted. */
function withoutLoneKeys(keys: Uint32Array, records: Uint32Array): [keys: Uint32Array, records: Uint32Array] {
  const width = Math.min(32, Math.max(5, Math.ceil(Math.log2(keys.length * FILTER_BITS + 1))))
  const [once, twice] = [new Uint32Array(2 ** (width - 5)), new Uint32Array(2 ** (width - 5))]
  // Places are below the number of bits.
  const placeOf = (key: number): number => Math.imul(key, 0x9e3779b1) >>> (32 - width)
  for (let i = 0; i < keys.length; i++) {
    const place = placeOf(keys[i] as number)
    const [word, bit] = [place >>> 5, 1 << (place & 31)]
    if (((once[word] as number) & bit) === 0) once[word] = (once[word] as number) | bit
    else twice[word] = (twice[word] as number) | bit
  }
  const [kept, own] = [new Uint32Array(keys.length), new Uint32Array(keys.length)]
  let at = 0
  for (let i = 0; i < keys.length; i++) {
    const place = placeOf(keys[i] as number)
    if ((((twice[place >>> 5] as number) >>> (place & 31)) & 1) === 0) continue
    kept[at] = keys[i] as number
    own[at++] = records[i] as number
  }
  return [kept.slice(0, at), own.slice(0, at)]
}

function pick(values: Uint32Array, order: Uint32Array): Uint32Array {
  const picked = new Uint32Array(order.length)
  for (let i = 0; i < order.length; i++) picked[i] = values[order[i] as number] as number // a permutation
  return picked
}

function largeRuns(keys: Uint32Array, cap: number): Run[] {
  const runs: Run[] = []
  eachRun(keys, (from, to) => {
    if (to - from > cap) runs.push({ from, to })
  })
  return runs
}

function pairsOf({ from, to }: Run): number {
  return ((to - from) * (to - from - 1)) / 2
}

function countOf(kind: string, keys: Uint32Array, cut: Pick<BlockCount, 'split' | 'pairsLeftOut'>): BlockCount {
  let [blocks, records, largest] = [0, 0, 0]
  eachRun(keys, (from, to) => {
    blocks++
    records += to - from
    largest = Math.max(largest, to - from)
  })
  return { kind, blocks, records, largest, ...cut }
}
