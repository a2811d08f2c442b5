import { crmsOfKeys } from '#import'
import type { Readable } from '#store'
import { importsBy, namesByKey } from './imports-by.ts'

type Crm = ReturnType<typeof crmsOfKeys>[number]
type CrmTable = 'contacts' | 'accounts'

/** Which CRMs the keys of contacts and accounts are ids of, by the files that they came from. */
export function crmKeys(db: Readable): (table: CrmTable, key: string) => readonly Crm[] {
  const crmsOf = (table: CrmTable) => namesByKey(db, table, importsBy(db, table, crmsOfKeys))
  const byTable = { contacts: crmsOf('contacts'), accounts: crmsOf('accounts') }
  return (table, key) => byTable[table](key)
}
