import { compareCodePoints } from '#lib/text'
import type { Dataset } from '#schema/dataset'
import type { EventChunk, EventCopy, EventLog, TextColumn } from '#schema/event'
import type { Identities } from '#schema/identity'
import { type EntityTable, type Row, TABLES } from '#schema/tables'

/** An event as a test writes it. Missing is missing. */
export type EventRow = Readonly<{
  id?: string
  name: string
  at: string | number
  workspace?: string
  user?: string
  properties?: unknown
}>

type Rows<T extends EntityTable> = readonly (Partial<Row<T>> & Record<string, unknown>)[]
export type WorldRows = { readonly [T in EntityTable]?: Rows<T> } & {
  readonly events?: readonly EventRow[]
  readonly chunkSize?: number
}

export const at = (moment: string | number): number => (typeof moment === 'number' ? moment : Date.parse(moment))

function fill<T extends EntityTable>(table: T, rows: Rows<T> | undefined): Row<T>[] {
  const blank = Object.fromEntries(Object.keys(TABLES[table].columns).map(column => [column, null]))
  const key = TABLES[table].key.join('\u0000')
  const keyOf = (row: object): string =>
    key
      .split('\u0000')
      .map(name => String((row as Record<string, unknown>)[name]))
      .join('\u0000')
  return (rows ?? [])
    .map(row => ({ ...blank, ...row }) as unknown as Row<T>)
    .sort((a, b) => compareCodePoints(keyOf(a), keyOf(b)))
}

/** Tables and events of a test as a dataset, the way the store hands it on. */
export function datasetOf(rows: WorldRows): Dataset {
  const tables = Object.fromEntries(
    Object.keys(TABLES)
      .filter(table => table !== 'events')
      .map(table => [table, fill(table as EntityTable, rows[table as EntityTable] as never)]),
  ) as unknown as Omit<Dataset, 'events'>
  return { ...tables, events: logOf(rows.events ?? [], rows.chunkSize ?? 7) }
}

type Stored = Readonly<{ row: EventRow; timestamp: number; loaded: number; code: number }>

/** Events cut into chunks, each sorted by workspace code, then time; equal copies of an id dropped, others listed. */
export function logOf(events: readonly EventRow[], chunkSize: number): EventLog {
  const names = new Dictionary()
  const workspaces = new Dictionary()
  const users = new Dictionary()
  const kept = withoutEqualCopies(events).map(
    (row, loaded): Stored => ({ row, timestamp: at(row.at), loaded, code: workspaces.codeOf(row.workspace) }),
  )
  const parts: Stored[][] = []
  for (let base = 0; base < kept.length; base += chunkSize) {
    parts.push(kept.slice(base, base + chunkSize).sort((a, b) => a.code - b.code || a.timestamp - b.timestamp))
  }
  const chunks = parts.map(
    (part, i): EventChunk => ({
      count: part.length,
      base: i * chunkSize,
      timestamp: Float64Array.from(part, ({ timestamp }) => timestamp),
      name: Uint32Array.from(part, ({ row }) => names.codeOf(row.name)),
      workspace: Uint32Array.from(part, ({ code }) => code),
      user: Uint32Array.from(part, ({ row }) => users.codeOf(row.user)),
      properties: textColumnOf(
        part.map(({ row }) => (row.properties === undefined ? '' : JSON.stringify(row.properties))),
      ),
    }),
  )
  return {
    count: kept.length,
    names: names.texts,
    workspaces: workspaces.texts,
    users: users.texts,
    chunks: () => chunks,
    copies: copiesIn(parts.flat()),
  }
}

function withoutEqualCopies(events: readonly EventRow[]): EventRow[] {
  const seen = new Set<string>()
  return events.filter(row => {
    const content = JSON.stringify([row.id, row.name, at(row.at), row.workspace, row.user, row.properties])
    const isNew = row.id === undefined || !seen.has(content)
    seen.add(content)
    return isNew
  })
}

/** Texts as one column of UTF-8 bytes. */
export function textColumnOf(texts: readonly string[]): TextColumn {
  const parts = texts.map(text => new TextEncoder().encode(text))
  const offsets = new Uint32Array(parts.length + 1)
  for (const [i, part] of parts.entries()) offsets[i + 1] = (offsets[i] as number) + part.length
  const bytes = new Uint8Array(offsets[parts.length] as number)
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i])
  return { offsets, bytes }
}

/** Groups of equal ids, members in the order they were loaded; position is the place in the whole log. */
function copiesIn(log: readonly Stored[]): EventCopy[] {
  const named = log
    .map(({ row, loaded }, position) => ({ id: row.id, loaded, position }))
    .filter(one => one.id !== undefined)
  const groups = Map.groupBy(named, one => one.id ?? '')
  return [...groups]
    .filter(([, members]) => members.length > 1)
    .map(([eventId, members]) => ({
      eventId,
      positions: members.sort((a, b) => a.loaded - b.loaded).map(({ position }) => position),
    }))
}

class Dictionary {
  readonly texts: string[] = ['']
  private readonly codes = new Map([['', 0]])

  codeOf(text: string | undefined): number {
    const known = this.codes.get(text ?? '')
    if (known !== undefined) return known
    this.codes.set(text ?? '', this.texts.length)
    this.texts.push(text ?? '')
    return this.texts.length - 1
  }
}

/** Every user of the data is a person; `joined` lists sets of users that are one. */
export function identitiesOf(
  dataset: Dataset,
  joined: readonly (readonly string[])[] = [],
  more: Partial<Identities> = {},
): Identities {
  const ids = new Set([
    ...dataset.events.users,
    ...dataset.users.map(row => row.user_id),
    ...dataset.memberships.map(row => row.user_id),
    ...dataset.workspaces.flatMap(row => row.owner_user_id ?? []),
  ])
  ids.delete('')
  for (const id of joined.flat()) ids.delete(id)
  const sets = [...[...ids].map(id => [id]), ...joined.map(set => [...set].sort(compareCodePoints))]
  sets.sort((a, b) => compareCodePoints(a[0] ?? '', b[0] ?? ''))
  const personOfUser = new Map<string, number>()
  for (const [i, set] of sets.entries()) for (const id of set) personOfUser.set(id, i)
  return {
    persons: sets.map(userIds => ({ id: userIds[0] ?? '', userIds })),
    personOfUser,
    identifiers: [],
    workspaceAccounts: [],
    accountOfWorkspace: new Map(
      dataset.workspaces.flatMap(row => (row.account_id === null ? [] : [[row.workspace_id, row.account_id] as const])),
    ),
    workspaceLinks: [],
    mergedWorkspaces: [],
    ...more,
  }
}
