import type { KeyEntries } from '../block/block-keys.ts'
import type { UserColumns } from './user-columns.ts'
import { userKeys } from './user-comparisons.ts'

/**
 * Which kinds of keys two user records share: what makes them meet, before caps.
 *
 * @param columns of all users
 * @returns a function of two rows that gives the names of the kinds, the most telling first
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function sharedKeyReader(columns: UserColumns): (a: number, b: number) => readonly string[] {
  const kinds = userKeys(columns).map(({ name, entries }) => ({ name, ...entries() }))
  return (a, b) =>
    kinds.filter(kind => keysOf(kind, a).some(key => keysOf(kind, b).includes(key))).map(({ name }) => name)
}

function keysOf({ keys, records }: KeyEntries, record: number): number[] {
  const own: number[] = []
  records.forEach((other, i) => {
    if (other === record) own.push(keys[i] as number) // one key per entry
  })
  return own
}
