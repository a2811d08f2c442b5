import { avalanche } from '#lib/hash-bytes'

/**
 * 32-bit hash of a text, never 0: key of a block. Two texts with one hash cost a comparison, nothing more.
 *
 * @param text any text
 * @param seed tells kinds of keys apart
 *
 * Source: FNV-1a (G. Fowler, L. Noll, P. Vo), with the finish of MurmurHash3.
 */
export function hashText(text: string, seed: number): number {
  return hashEnd(hashOver(hashStart(seed), text, text.length))
}

/**
 * One 32-bit hash from two, never 0; 0 where either is 0: a part that is missing makes no key.
 *
 * @param a hash or code, 0 where missing
 * @param b hash or code, 0 where missing
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function mixHashes(a: number, b: number): number {
  if (a === 0 || b === 0) return 0
  return avalanche(Math.imul(a, 0x9e3779b1) ^ (b + 0x7f4a7c15)) >>> 0 || 1
}

/** A hash that is made character by character: `hashText` of them is `hashEnd` of where `hashNext` over all of them leads to. */
export function hashStart(seed: number): number {
  return 0x811c9dc5 ^ seed
}

/** One character further. */
export function hashNext(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193)
}

/** The hash of the characters so far, never 0. */
export function hashEnd(hash: number): number {
  return avalanche(hash) >>> 0 || 1
}

/**
 * The first characters of a text further: texts written in one piece need not be made for their hash.
 *
 *   hashEnd(hashOver(hashOver(hashStart(seed), a, n), b, m)) = hashText(a.slice(0, n) + b.slice(0, m), seed)
 *
 * @param start where the characters before it led to
 * @param text any text
 * @param length how much of it, at most all
 */
export function hashOver(start: number, text: string, length: number): number {
  let hash = start
  for (let i = 0; i < length; i++) hash = hashNext(hash, text.charCodeAt(i))
  return hash
}
