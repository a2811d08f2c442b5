import { compareCodePoints } from '#lib/text'
import type { Dataset } from '#schema/dataset'
import type { Identities } from '#schema/identity'
import { at, type EventRow } from './world.ts'

const HOUR = 3_600_000
const DAY = 86_400_000

export type PlainInput = Readonly<{
  dataset: Dataset
  events: readonly EventRow[]
  identities: Identities
  asOf: number
  loopEvents: number
  kindOf: (name: string) => string
  unitOf: (workspace: string) => string | null
}>

type Counted = { workspace: string; user: string; kind: string; at: number }

/**
 * The slow, plain reading of the rules that cells are checked against: one object per event, no codes, no hashes, UTC only.
 * Returns sorted texts `kind|unit|person|day|n`.
 */
export function plainCells(input: PlainInput): string[] {
  const counted = countedEvents(input)
  const cells = new Map<string, number>()
  const add = (kind: string, unit: string, user: string, time: number): void => {
    const key = [kind, unit, personOf(input, user), Math.floor(time / DAY)].join('|')
    cells.set(key, (cells.get(key) ?? 0) + 1)
  }
  const loops = loopsOf(counted, input.loopEvents)
  for (const events of loops) {
    const inUnits = events.map(e => ({ ...e, unit: input.unitOf(e.workspace) }))
    for (const unit of new Set(inUnits.flatMap(e => e.unit ?? []))) {
      const times = inUnits.filter(e => e.unit === unit).map(e => e.at)
      add('event_loop', unit, events[0]?.user ?? '', Math.min(...times))
    }
  }
  const looped = new Set(loops.flat())
  const arrivals = new Map<string, { unit: string; user: string; at: number }>()
  for (const e of counted.filter(one => !looped.has(one))) {
    const unit = input.unitOf(e.workspace)
    if (unit === null) continue
    add(e.kind, unit, e.user, e.at)
    const key = JSON.stringify([unit, personOf(input, e.user)])
    const known = arrivals.get(key)?.at ?? Number.POSITIVE_INFINITY
    if (e.user !== '' && e.at < known) arrivals.set(key, { unit, user: e.user, at: e.at })
  }
  for (const { unit, user, at: time } of arrivals.values()) add('new_active_user', unit, user, time)
  return [...cells].map(([key, n]) => `${key}|${n}`).sort()
}

function personOf({ identities }: PlainInput, user: string): string {
  const person = identities.personOfUser.get(user)
  return user === '' || person === undefined ? '' : (identities.persons[person]?.id ?? '')
}

/** The events of each looped hour. */
function loopsOf(counted: readonly Counted[], loopEvents: number): Counted[][] {
  const able = counted.filter(e => e.user !== '' && e.kind !== '')
  const hours = Map.groupBy(able, e => JSON.stringify([e.user, e.kind, Math.floor(e.at / HOUR)]))
  return [...hours.values()].filter(events => events.length >= loopEvents)
}

function countedEvents({ dataset, events, asOf, kindOf }: PlainInput): Counted[] {
  const existing = events.filter(row => at(row.at) <= asOf)
  const result: Counted[] = []
  for (const row of existing) {
    if (row.id !== undefined && existing.find(other => other.id === row.id) !== row) continue
    const one = row.id === undefined ? row : bestCopy(existing.filter(other => other.id === row.id))
    const workspace = one.workspace ?? soleWorkspace(dataset, one.user)
    if (!dataset.workspaces.some(known => known.workspace_id === workspace)) continue
    result.push({ workspace: workspace ?? '', user: one.user ?? '', kind: kindOf(one.name), at: at(one.at) })
  }
  return result
}

function bestCopy(copies: readonly EventRow[]): EventRow {
  const sorted = copies.toSorted(
    (a, b) =>
      at(a.at) - at(b.at) ||
      compareCodePoints(a.workspace ?? '', b.workspace ?? '') ||
      compareCodePoints(a.user ?? '', b.user ?? '') ||
      compareCodePoints(a.name, b.name),
  )
  return sorted[0] as EventRow
}

function soleWorkspace({ users, memberships, workspaces }: Dataset, user: string | undefined): string | undefined {
  const named = [
    ...memberships.filter(row => row.user_id === user).map(row => row.workspace_id),
    ...users.filter(row => row.user_id === user).flatMap(row => row.workspace_id ?? []),
    ...workspaces.filter(row => row.owner_user_id === user).map(row => row.workspace_id),
  ]
  const own = new Set(named.filter(id => workspaces.some(row => row.workspace_id === id)))
  return user !== undefined && own.size === 1 ? [...own][0] : undefined
}
