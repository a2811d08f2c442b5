import { once } from '#lib/once'
import { MOST_SHARING_RECORDS } from '../bits.ts'
import { countsOf } from '../columns/dictionary.ts'
import { NAME_KIND } from '../columns/name-table.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { highest } from '../weigh/steps.ts'

/** Two people, and a third record that may be either. */
const LEAST_RECORDS = 3

/**
 * Do two records share a value of people with unlike full names, a phone of a household or a device of an office, where one of the two
 * bears no full name and may be any of them?
 *
 * @param columns records
 * @param codes code of the value per record, 0 for none
 * @param isUnlike do two records bear full names of two people?
 * @returns of two records with one code; work is done when it is first asked
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function contestedValues(
  { names, name }: Pick<PersonColumns, 'names' | 'name'>,
  codes: Uint32Array,
  isUnlike: (a: number, b: number) => boolean,
): (a: number, b: number) => boolean {
  const isFull = (record: number): boolean => names.kind[name[record] as number] === NAME_KIND.full // codes lie within their tables
  const contested = once((): Uint8Array => {
    const records = countsOf(codes, highest(codes) + 1)
    const found = new Uint8Array(records.length)
    const bearers = new Map<number, number[]>()
    codes.forEach((code, record) => {
      const count = records[code] as number // counted above
      if (code === 0 || count < LEAST_RECORDS || count > MOST_SHARING_RECORDS || found[code] === 1 || !isFull(record))
        return
      const known = bearers.get(code) ?? []
      if (known.some(other => isUnlike(other, record))) found[code] = 1
      bearers.set(code, [...known, record])
    })
    return found
  })
  return (a, b) => {
    if (isFull(a) && isFull(b)) return false
    return contested()[codes[a] as number] === 1 // one code per record
  }
}
