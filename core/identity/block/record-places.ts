import { sharedWords } from '#lib/shared-words'
import type { PersonColumns } from '../columns/person-columns.ts'
import { sortedColumns } from './radix-order.ts'

/** Where what pairs are walked by lies of each record: those that are likely to be compared lie near each other. */
export type RecordPlaces = Readonly<{
  /** Record -> place. */
  placeOf: Uint32Array
  /** Place -> record. */
  recordAt: Uint32Array
}>

/** Fewer records lie within a processor's cache anyway. */
const LEAST_RECORDS = 1 << 16
const GIVEN_BITS = 12

/**
 * Places by the sounds of family and given names: records of one name, of one sound, and most of one handle are neighbours then.
 *
 * @param columns records
 * @returns null where there are few
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function recordPlaces({ size, names, name }: PersonColumns, least = LEAST_RECORDS): RecordPlaces | null {
  if (size < least) return null
  const [keys, records] = [new Uint32Array(size), new Uint32Array(size)]
  for (let i = 0; i < size; i++) {
    const code = name[i] as number // one name per record; codes lie within their tables
    const family = names.sound[names.family[code] as number] as number
    const given = names.sound[names.given[code] as number] as number
    keys[i] = (family & (-1 << GIVEN_BITS)) | (given & ((1 << GIVEN_BITS) - 1))
    records[i] = i
  }
  const [, sorted] = sortedColumns([keys, records] as const, 0)
  const [placeOf, recordAt] = [sharedWords(size), sharedWords(size)]
  recordAt.set(sorted)
  for (let place = 0; place < size; place++) placeOf[recordAt[place] as number] = place
  return { placeOf, recordAt }
}

/**
 * A column of records, by place.
 *
 * @param column one word per record
 * @param places null: records are their own places
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function byPlace(column: Uint32Array, places: RecordPlaces | null): Uint32Array {
  return places === null ? column : places.recordAt.map(record => column[record] as number) // records are below the size
}
