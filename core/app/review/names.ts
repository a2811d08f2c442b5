import type { EntityTable } from '#schema/tables'
import { type Readable, readRecord, walkTable } from '#store'
import type { Question } from './answers.ts'

/** A record that candidates and decisions are about. */
export type NamedObject = 'user' | 'workspace' | 'account'
export type RecordName = Readonly<{ object: NamedObject; key: string; title: string; subtitle: string | null }>

/** Where a record is looked up. */
export const TABLE_OF = { user: 'users', workspace: 'workspaces', account: 'accounts' } as const satisfies Record<
  NamedObject,
  EntityTable
>
const TITLE = { user: 'name', workspace: 'workspace_name', account: 'name' } as const
const SUBTITLE = { user: 'primary_email', workspace: 'workspace_primary_domain', account: 'primary_domain' } as const

/** Name of a record by its natural key, and what tells two of one name apart: one without a name has its address or domain for it. */
export function recordName(db: Readable, object: NamedObject, key: string): RecordName {
  const record = readRecord(db, TABLE_OF[object], [key])
  const textOf = (column: string): string | null => record?.fields.find(({ name }) => name === column)?.value ?? null
  const [name, address] = [textOf(TITLE[object]), textOf(SUBTITLE[object])]
  if (name === null && address !== null) return { object, key, title: address, subtitle: key }
  return { object, key, title: name ?? key, subtitle: address }
}

/** A record by its key, with what it is called. */
type NamedRow = Readonly<{ key: string; values: readonly (string | null)[] }>

/** Every record of a kind with its name and its address or domain, in the order of the keys. */
export function* namedRows(db: Readable, object: NamedObject): Generator<NamedRow> {
  if (object === 'user')
    for (const { user_id: key, name, primary_email } of walkTable(db, 'users', ['user_id', 'name', 'primary_email']))
      yield { key, values: [name, primary_email] }
  else if (object === 'workspace')
    for (const row of walkTable(db, 'workspaces', ['workspace_id', 'workspace_name', 'workspace_primary_domain']))
      yield { key: row.workspace_id, values: [row.workspace_name, row.workspace_primary_domain] }
  else
    for (const { account_id: key, name, primary_domain } of walkTable(db, 'accounts', [
      'account_id',
      'name',
      'primary_domain',
    ]))
      yield { key, values: [name, primary_domain] }
}

/** Is a record in the data? */
export function hasRecord(db: Readable, object: NamedObject, key: string): boolean {
  return readRecord(db, TABLE_OF[object], [key]) !== null
}

/** A record as sentences say it: its name with its address or domain; what it has of both, else its key. */
export function nameOf(db: Readable, object: NamedObject, key: string): string {
  const { title, subtitle } = recordName(db, object, key)
  return subtitle === null || subtitle === key ? title : `${title} (${subtitle})`
}

/** Two records as one sentence says them: with their keys where nothing else tells them apart. */
export function nameBoth(
  db: Readable,
  a: readonly [NamedObject, string],
  b: readonly [NamedObject, string],
): [string, string] {
  const names: [string, string] = [nameOf(db, ...a), nameOf(db, ...b)]
  if (names[0] !== names[1] || names[0] === a[1]) return names
  const [left, right] = [withKey(names[0], a[1]), withKey(names[1], b[1])]
  return [left, right]
}

/** `Ann Lee (ann@acme.com, u_1)` */
const withKey = (name: string, key: string): string =>
  name.endsWith(')') ? `${name.slice(0, -1)}, ${key})` : `${name} (${key})`

/** What the first record of a candidate is. */
export function leftObject(question: Question): NamedObject {
  if (question === 'companies') return 'account'
  return question === 'persons' || question === 'signups' ? 'user' : 'workspace'
}

/** What the second record of a candidate is. */
export function rightObject(question: Question): NamedObject {
  if (question === 'persons') return 'user'
  return question === 'workspaces' ? 'workspace' : 'account'
}
