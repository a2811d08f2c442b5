import type { KindRow, OracleModel } from './model.ts'
import { usersOfEvents } from './stitching.ts'
import { byCodePoint, cell, type Exports, groupBy, type TextRow } from './tables.ts'
import type { Zone } from './zone.ts'

/** An event that has its place: `user` empty is nobody, `kind` empty is no kind. */
export type Placed = Readonly<{
  workspace: string
  user: string
  kind: string
  ms: number
  day: number
  properties: Readonly<Record<string, unknown>>
}>
export type Counted = Readonly<{ active: readonly Placed[]; looped: readonly Placed[]; derived: readonly Placed[] }>

export type World = Readonly<{ exports: Exports; model: OracleModel; zone: Zone; asOf: number; today: number }>

export const isThere = (world: World, text: string): boolean => !((world.zone.read(text)?.ms ?? 0) > world.asOf)

/** Workspaces that exist at asOf. */
export const workspacesOf = (world: World): readonly TextRow[] =>
  world.exports.workspaces.filter(row => exists(world, row))

const exists = (world: World, row: TextRow): boolean => isThere(world, cell(row, 'created_at'))

/** Users that exist at asOf, by id. */
export const usersOf = (world: World): ReadonlyMap<string, TextRow> =>
  new Map(world.exports.users.filter(row => exists(world, row)).map(row => [cell(row, 'user_id'), row] as const))

/** Members per workspace: memberships that exist at asOf, the users' own column, owners; nobody who is yet to sign up. */
export function membersOf(world: World): ReadonlyMap<string, ReadonlySet<string>> {
  const later = new Set(world.exports.users.filter(row => !exists(world, row)).map(row => cell(row, 'user_id')))
  const members = new Map<string, Set<string>>(
    workspacesOf(world).map(row => [cell(row, 'workspace_id'), new Set<string>()]),
  )
  const join = (workspace: string, user: string): void => {
    if (user !== '' && !later.has(user)) members.get(workspace)?.add(user)
  }
  for (const row of world.exports.workspaces) join(cell(row, 'workspace_id'), cell(row, 'owner_user_id'))
  for (const row of world.exports.memberships)
    if (isThere(world, cell(row, 'joined_at'))) join(cell(row, 'workspace_id'), cell(row, 'user_id'))
  for (const row of world.exports.users) join(cell(row, 'workspace_id'), cell(row, 'user_id'))
  return members
}

/** What is left of the events once copies, strangers and loops are out, and the derived ones. */
export function countedEvents(world: World): Counted {
  const placed = placedEvents(world)
  const looped = new Set<Placed>()
  const derived: Placed[] = []
  const loopable = placed.filter(event => event.user !== '' && event.kind !== '')
  const hours = groupBy(loopable, ({ user, kind, ms }) => JSON.stringify([user, kind, Math.floor(ms / 3_600_000)]))
  for (const hour of hours.values()) {
    if (hour.length < world.model.loop.events) continue
    for (const event of hour) looped.add(event)
    for (const inside of groupBy(hour, event => event.workspace).values())
      derived.push({ ...earliest(inside), kind: 'event_loop' })
  }
  const active = placed.filter(event => !looped.has(event))
  const named = active.filter(event => event.user !== '')
  for (const own of groupBy(named, ({ workspace, user }) => JSON.stringify([workspace, user])).values())
    derived.push({ ...earliest(own), kind: 'new_active_user' })
  return { active, looped: [...looped], derived }
}

const earliest = (events: readonly Placed[]): Placed => events.reduce((a, b) => (b.ms < a.ms ? b : a))

/** Events in their workspaces, loops and all; with `stated` those that name nobody stay nobody's. */
export function placedEvents(world: World, whose: 'stitched' | 'stated' = 'stitched'): readonly Placed[] {
  const known = new Set(workspacesOf(world).map(row => cell(row, 'workspace_id')))
  const homes = homesOf(world)
  const names = new Set(world.exports.events.map(row => cell(row, 'event_name')))
  const kinds = new Map([...names].map(name => [name, kindOf(name, world.model.taxonomy)]))
  const placed: Placed[] = []
  const rows = firstCopies(world)
  const users = whose === 'stitched' ? usersOfEvents(world, rows) : null
  for (const row of rows) {
    const user = users?.get(row) ?? cell(row, 'user_id')
    const workspace = cell(row, 'workspace_id') || (homes.get(user) ?? '')
    if (!known.has(workspace)) continue
    const time = world.zone.read(cell(row, 'timestamp'))
    if (time === null) throw new Error('an event without a time')
    const kind = kinds.get(cell(row, 'event_name')) ?? ''
    placed.push({ workspace, user, kind, ms: time.ms, day: time.day, properties: propertiesOf(row) })
  }
  return placed
}

/** The workspace of each user that belongs to exactly one. */
function homesOf(world: World): ReadonlyMap<string, string> {
  const homes = new Map<string, string[]>()
  for (const [workspace, members] of membersOf(world))
    for (const user of members) homes.set(user, [...(homes.get(user) ?? []), workspace])
  return new Map([...homes].filter(([, own]) => own.length === 1).map(([user, own]) => [user, own[0] ?? '']))
}

/** One row per event id: the earliest, then the smallest workspace, user, name. Empty ids are all kept. */
function firstCopies({ exports, zone, asOf }: World): readonly TextRow[] {
  const rows = exports.events
    .map(row => ({ row, ms: zone.read(cell(row, 'timestamp'))?.ms ?? Number.NaN }))
    .filter(({ ms }) => ms <= asOf)
  const seen = new Set<string>()
  return rows
    .sort((a, b) => a.ms - b.ms || compareCells(a.row, b.row, ['workspace_id', 'user_id', 'event_name']))
    .map(({ row }) => row)
    .filter(row => {
      const id = cell(row, 'event_id')
      if (id === '') return true
      return !seen.has(id) && seen.add(id)
    })
}

function compareCells(a: TextRow, b: TextRow, columns: readonly string[]): number {
  for (const column of columns) {
    const order = byCodePoint(cell(a, column), cell(b, column))
    if (order !== 0) return order
  }
  return 0
}

function propertiesOf(row: TextRow): Readonly<Record<string, unknown>> {
  const text = cell(row, 'event_properties')
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

/** First taxonomy entry whose own name or synonyms match. */
export function kindOf(name: string, taxonomy: readonly KindRow[]): string {
  const normal = normalName(name)
  return (
    taxonomy.find(row => normal === normalName(row.kind) || (row.match ?? []).some(pattern => fits(normal, pattern)))
      ?.kind ?? ''
  )
}

const normalName = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')

/** `*` is any run of characters. */
export function fits(text: string, pattern: string): boolean {
  const source = pattern.split('*').map(part => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${source.join('.*')}$`).test(text)
}
