import { invariant } from '#lib/errors'
import { createDictionary } from '../columns/dictionary.ts'
import { type PackedTexts, textsIn } from '../columns/text-table.ts'

type Words = Uint8Array | Uint32Array | Int32Array | Float64Array

/**
 * Columns as another thread can be given them: numbers in memory that both read, tables of texts as what they are made of.
 *
 * @param value columns, dictionaries and tables of texts, and what holds them; of functions only the methods of these
 * @returns a value that can be cloned, from which `revived` makes an equal one
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function portable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    invariant(typeof value !== 'function', 'a function stays in its thread')
    return value
  }
  if (ArrayBuffer.isView(value)) return shared(value as Words) // columns are of these kinds
  if (Array.isArray(value)) return value.some(isComposite) ? value.map(portable) : value
  if ('packed' in value) return { packedTexts: portable((value.packed as () => PackedTexts)()) } // of a table of texts
  if ('codeOf' in value && 'texts' in value) return { dictionaryTexts: value.texts }
  return mapped(value, portable)
}

/**
 * Columns from what `portable` made of them.
 *
 * @param value as it came over
 * @returns equal columns, but for the methods by which tables grow
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) return value.some(isComposite) ? value.map(revived) : value
  if ('packedTexts' in value) return textsIn(value.packedTexts as PackedTexts) // made above
  if ('dictionaryTexts' in value) {
    const dictionary = createDictionary()
    for (const text of value.dictionaryTexts as readonly string[]) dictionary.codeOf(text)
    return dictionary
  }
  return mapped(value, revived)
}

function mapped(value: object, change: (value: unknown) => unknown): unknown {
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, change(own)]))
}

/** Lists of texts and of lists of numbers are cloned as they are. */
function isComposite(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shared(words: Words): Words {
  if (words.buffer instanceof SharedArrayBuffer) return words
  const buffer = new SharedArrayBuffer(words.byteLength)
  new Uint8Array(buffer).set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength))
  if (words instanceof Uint8Array) return new Uint8Array(buffer)
  if (words instanceof Uint32Array) return new Uint32Array(buffer)
  return words instanceof Int32Array ? new Int32Array(buffer) : new Float64Array(buffer)
}
