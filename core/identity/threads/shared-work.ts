import type { Steps } from '#lib/steps'
import { type Answer, CLAIM, type SecondThread } from './second-thread.ts'

/** Work in parts, each of which either of two threads can do, with one result. */
export type SharedWork<T> = Readonly<{
  parts: number
  /** Does one part. */
  make(part: number): T
  /** The part that came from the other thread, null for an answer that is none of this work. */
  read(answer: Answer): Readonly<{ part: number; made: T }> | null
  /** So often in a row this thread waits without a word of a part that is out, and then does it itself. */
  patience?: number
  /** Told of each part as it is done, once. */
  done?: ((part: number) => void) | undefined
}>

/** How long this thread waits for an answer before it listens, ms. */
const WAIT_MS = 5
/** What is out is done here in the end, by default after half a second: a host that gives no turns never hears of a loss. */
const PATIENCE = 100

/**
 * Claims on parts, all free, where two threads see them.
 *
 * @param parts how many
 */
export function freeClaims(parts: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * parts))
}

/**
 * Does all parts: this thread takes them from the start, the other one, which knows of them, from the end.
 *
 * @param work parts
 * @param claims one per part, as the other thread was given them
 * @param second null: this thread does all
 * @returns a generator that halts after each part; results in the order of the parts, whoever made them
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function* sharedSteps<T>(
  work: SharedWork<T>,
  claims: Int32Array,
  second: SecondThread | null,
): Steps<readonly T[]> {
  const made = new Map<number, T>()
  const keep = (part: number, one: T): void => {
    if (made.has(part)) return
    made.set(part, one)
    work.done?.(part)
  }
  const listen = (): void => {
    for (const answer of second?.answers() ?? []) {
      const found = work.read(answer)
      if (found !== null) keep(found.part, found.made)
    }
  }
  for (let part = 0; part < work.parts; part++) {
    if (Atomics.compareExchange(claims, part, CLAIM.free, CLAIM.here) !== CLAIM.free) continue
    keep(part, work.make(part))
    listen()
    yield
  }
  for (let part = 0; part < work.parts; part++) {
    const wait = waiter(claims, part, work.patience)
    for (listen(); !made.has(part); listen()) {
      if (second === null || second.isLost() || !wait()) {
        listen()
        if (!made.has(part)) keep(part, work.make(part))
        break
      }
      yield
    }
  }
  return Array.from({ length: work.parts }, (_, part) => made.get(part) as T) // all are there
}

/**
 * Waits for another thread, a little each time.
 *
 * @param words where it says how far it is
 * @param at which word
 * @param patience so often in a row without a change
 * @returns a function that waits, and says no once nothing was heard for long
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function waiter(words: Int32Array, at: number, patience = PATIENCE): () => boolean {
  let [waits, last] = [0, Atomics.load(words, at)]
  return () => {
    const now = Atomics.load(words, at)
    if (now !== last) waits = 0
    last = now
    if (waits >= patience) return false
    Atomics.wait(words, at, now, WAIT_MS)
    waits++
    return true
  }
}

/**
 * The other side of `sharedSteps`: takes parts from the end.
 *
 * @param claims one per part
 * @param give makes a part, and sends it
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function takeParts(claims: Int32Array, give: (part: number) => void): void {
  for (let part = claims.length - 1; part >= 0; part--) {
    if (Atomics.compareExchange(claims, part, CLAIM.free, CLAIM.there) !== CLAIM.free) continue
    give(part)
    Atomics.store(claims, part, CLAIM.back)
    Atomics.notify(claims, part)
  }
}
