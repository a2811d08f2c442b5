import { invariant } from './errors.ts'
import type { Steps } from './steps.ts'

/** Numbers by the bucket they lie in, 8 bytes each. */
export type BucketIndex = Readonly<{
  /** The numbers of a bucket, ascending. */
  find(bucket: number): readonly number[]
}>

/** Numbers by texts, 8 bytes each. A few numbers of other texts come along: whoever asks tells them apart. */
export type TextIndex = Readonly<{ find(text: string): readonly number[] }>

/** Buckets and numbers together have the 53 bits of an exact number. */
const BUCKETS = 2 ** 26
const NUMBERS = 2 ** 27

/**
 * Numbers that are looked up by a small number.
 *
 * @param entries a bucket below 2^26 with a number below 2^27 each
 */
export function bucketIndex(entries: Iterable<readonly [bucket: number, number: number]>): BucketIndex {
  const pairs: number[] = []
  for (const [bucket, number] of entries) {
    invariant(bucket < BUCKETS && number < NUMBERS, 'an index of numbers has room for them')
    pairs.push(bucket * NUMBERS + number)
  }
  return indexOf(Float64Array.from(pairs).sort())
}

/**
 * Numbers that are looked up by a text, without holding the texts.
 *
 * @param entries a text with a number below 2^27 each
 */
export function textIndex(entries: Iterable<readonly [text: string, number: number]>): TextIndex {
  const hashed = function* (): Generator<readonly [number, number]> {
    for (const [text, number] of entries) yield [bucketOf(text), number]
  }
  const { find } = bucketIndex(hashed())
  return { find: text => find(bucketOf(text)) }
}

/** Texts of a list that are hashed between two halts: some ten milliseconds. */
const HASHED = 100_000

/**
 * The places of a list's texts, as `textIndex` finds them: made with halts, and in 8 bytes each from the start.
 *
 * @param texts fewer than 2^27
 */
export function* placesByText(texts: readonly string[]): Steps<TextIndex> {
  invariant(texts.length < NUMBERS, 'an index of numbers has room for them')
  const sorted = new Float64Array(texts.length)
  for (let i = 0; i < texts.length; i++) {
    sorted[i] = bucketOf(texts[i] as string) * NUMBERS + i // i < length
    if (i % HASHED === HASHED - 1) yield
  }
  sorted.sort()
  yield
  const { find } = indexOf(sorted)
  return { find: text => find(bucketOf(text)) }
}

function indexOf(sorted: Float64Array): BucketIndex {
  return {
    find: bucket => {
      const found: number[] = []
      const end = (bucket + 1) * NUMBERS
      for (let i = placeOf(sorted, bucket * NUMBERS); i < sorted.length && (sorted[i] as number) < end; i++)
        found.push((sorted[i] as number) - bucket * NUMBERS)
      return found
    },
  }
}

/** Place of the first number that is not below another. */
function placeOf(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** FNV-1a over the code units, folded to the buckets. */
function bucketOf(text: string): number {
  let hash = 0x81_1c_9d_c5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01_00_01_93)
  return (hash ^ (hash >>> 15)) & (BUCKETS - 1)
}
