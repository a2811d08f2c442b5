import type { Output, Parsed } from '#contract/contract'
import { namedRows, recordName } from './names.ts'
import type { Room } from './room.ts'

type Found = Output<'identity.find'>

/** Records whose name, address, domain or id has a text; those that begin with it first, each in the order of their keys. */
export function findRecords({ db }: Pick<Room, 'db'>, { object, text, limit }: Parsed<'identity.find'>): Found {
  const wanted = text.trim().toLowerCase()
  const [first, others]: [string[], string[]] = [[], []]
  const look = (key: string, values: readonly (string | null)[]): void => {
    const places = values.map(value => value?.toLowerCase().indexOf(wanted) ?? -1)
    if (places.includes(0)) first.push(key)
    else if (places.some(place => place > 0)) others.push(key)
  }
  for (const { key, values } of namedRows(db, object)) look(key, [key, ...values])
  const found = [...first, ...others].slice(0, limit).map(key => recordName(db, object, key))
  return { matching: first.length + others.length, found }
}
