import { crmsOfKeys } from '#import'
import { keysReadBy, listImports, type Readable } from '#store'

type Crm = ReturnType<typeof crmsOfKeys>[number]
type CrmTable = 'contacts' | 'accounts'

/** Which CRMs the keys of contacts and accounts are ids of, by the files that they came from. */
export function crmKeys(db: Readable): (table: CrmTable, key: string) => readonly Crm[] {
  const byTable = { contacts: keysOf(db, 'contacts'), accounts: keysOf(db, 'accounts') }
  return (table, key) => byTable[table].flatMap(([crm, keys]) => (keys.has(key) ? [crm] : []))
}

function keysOf(db: Readable, table: CrmTable): readonly (readonly [Crm, ReadonlySet<string>])[] {
  const imports = new Map<Crm, number[]>()
  for (const { importId, table: own, plan, status } of listImports(db)) {
    if (own !== table || status !== 'published') continue
    for (const crm of crmsOfKeys(plan)) imports.set(crm, [...(imports.get(crm) ?? []), importId])
  }
  return [...imports].map(([crm, ids]) => [crm, keysReadBy(db, table, ids)])
}
