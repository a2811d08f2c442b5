import { CLUSTER_BITS, clusterIds, readRecordFields, resolveRecords } from '../../../../core/identity/index.ts'

export type Person = readonly [name: string, email: string, phone?: string, address?: string]

/** Roles of the columns. */
export const FIELDS = readRecordFields('{"key": "id", "kind": "person", "full_name": "name", "email": "email"}')

const WITH_PHONES = readRecordFields(
  '{"key": "id", "kind": "person", "full_name": "name", "email": "email", "phone": "phone", "address": "address"}',
)

/** People nobody asks about, so that counts mean something: a name and an address of their own each. */
export const CROWD: readonly Person[] = Array.from({ length: 400 }, (_, i) => {
  const given = ['anna', 'boris', 'carla', 'david', 'erika', 'farid', 'greta', 'hugo', 'irina', 'jonas'][i % 10] ?? ''
  const family = `${['wald', 'berg', 'feld', 'stein', 'bach'][i % 5]}${'abcdefghijklmnopqrstuvwxyz'[i % 26]}${'aeiou'[Math.floor(i / 26) % 5]}${'lmnr'[Math.floor(i / 130)]}`
  return [`${given} ${family}`, `${given}.${family}${i}@host${i % 60}.org`]
})

/** Clusters of two and more among people in a crowd, by their places. */
export function clustersOf(people: readonly Person[], band: keyof typeof CLUSTER_BITS): string[][] {
  const all = [...people, ...CROWD]
  const columns = new Map([
    ['id', all.map((_, i) => String(i).padStart(4, '0'))],
    ['name', all.map(([name]) => name)],
    ['email', all.map(([, email]) => email)],
    ['phone', all.map(([, , phone = '']) => phone)],
    ['address', all.map(([, , , address = '']) => address)],
  ])
  const resolved = resolveRecords(columns, people.some(person => person.length > 2) ? WITH_PHONES : FIELDS)
  const ids = clusterIds(resolved, CLUSTER_BITS[band])
  const own = [...Map.groupBy(resolved.table.keys.keys(), i => ids[i] ?? '').values()]
  return own
    .map(list => list.map(i => resolved.table.keys[i] ?? '').filter(key => Number(key) < people.length))
    .filter(list => list.length > 1)
}
