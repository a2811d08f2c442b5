import { compareCodePoints } from '#lib/text'
import type { ScoringModel, TaxonomyEntry } from '#schema/model'
import { kindsOfNames, kindTable, takersOfNames } from '../taxonomy.ts'
import type { NameCounts } from './name-counts.ts'

type Judged = Pick<ScoringModel, 'taxonomy' | 'signals'>

/** How much of what happened a taxonomy sees. Names are those with an event up to asOf. */
export type Coverage = Readonly<{
  events: number
  /** Events whose name has a kind. */
  withKind: number
  /** Events of a kind that a signal gives points for, or takes points for. */
  earning: number
  names: number
  namesWithKind: number
}>

/** A taxonomy laid over the names of a project. */
export type NameKinds = Readonly<{
  /** Kind code -> kind; code 0 is no kind. */
  kinds: readonly string[]
  /** Kind code per name code. */
  kindOfName: Uint16Array
  /** Per kind code: 1 where its signals add points, -1 where they take some, 0 where there is none. */
  directions: Int8Array
  coverage: Coverage
}>

/**
 * Kinds of all names of a project, and how much of the events they cover.
 *
 *   earning = events of kinds whose signals' points do not add up to 0
 *
 * Caps, decay and loops are not looked at: it is a count of events, not of points.
 *
 * Source: docs/methods/taxonomy.md, "Coverage".
 */
export function kindsOfProject(counts: NameCounts, model: Judged): NameKinds {
  const table = kindTable(model)
  const kindOfName = kindsOfNames(table, counts.names)
  const directions = Int8Array.from(table.kinds, kind => directionOf(kind, model.signals))
  const coverage = { events: 0, withKind: 0, earning: 0, names: 0, namesWithKind: 0 }
  for (const [code, events] of counts.events.entries()) {
    if (events === 0) continue
    const kind = kindOfName[code] ?? 0
    coverage.events += events
    coverage.names += code === 0 ? 0 : 1
    if (kind === 0) continue
    coverage.withKind += events
    coverage.namesWithKind++
    if (directions[kind] !== 0) coverage.earning += events
  }
  return { kinds: table.kinds, kindOfName, directions, coverage }
}

function directionOf(kind: string, signals: Judged['signals']): number {
  return Math.sign(signals.reduce((total, signal) => total + (signal.kind === kind ? signal.points : 0), 0))
}

/** What one entry takes, and which of its names an earlier entry takes first. */
export type EntryReach = Readonly<{
  names: number
  events: number
  /** Names that it would take too, but an earlier entry does. One row per earlier entry, in their order. */
  lostTo: readonly Readonly<{ entry: number; names: number; events: number; example: string }>[]
}>

/**
 * What each entry of a taxonomy takes of a project's names, in the order of the entries.
 *
 * @returns one per entry; `example` is the name with the most events among those lost
 *
 * Source: docs/methods/taxonomy.md, "Order".
 */
export function reachOfEntries(counts: NameCounts, taxonomy: readonly TaxonomyEntry[]): readonly EntryReach[] {
  const takersOf = takersOfNames([...taxonomy])
  const reach = taxonomy.map(() => ({ names: 0, events: 0, lost: new Map<number, Lost>() }))
  for (const [code, name] of counts.names.entries()) {
    const events = counts.events[code] ?? 0
    if (events === 0) continue
    const [winner, ...others] = takersOf(name)
    const own = reach[winner ?? -1]
    if (winner === undefined || own === undefined) continue
    own.names++
    own.events += events
    for (const other of others) loses(reach[other]?.lost, winner, { name, events })
  }
  return reach.map(({ names, events, lost }) => ({
    names,
    events,
    lostTo: [...lost]
      .sort(([a], [b]) => a - b)
      .map(([entry, { names, events, example }]) => ({ entry, names, events, example: example.name })),
  }))
}

type Named = Readonly<{ name: string; events: number }>
type Lost = { names: number; events: number; example: Named }

function loses(lost: Map<number, Lost> | undefined, winner: number, found: Named): void {
  const known = lost?.get(winner)
  if (known === undefined) {
    lost?.set(winner, { names: 1, events: found.events, example: found })
    return
  }
  known.names++
  known.events += found.events
  if (found.events > known.example.events) known.example = found
}

/** What a change of kinds would do to a workspace: events that begin to earn (or stop to cost) points less the contrary. */
export type WorkspaceEffect = Readonly<{ place: number; events: number }>

/** Workspaces in which events would take another kind. A workspace is in one of the first three, or in none. */
export type Effect = Readonly<{
  gaining: number
  losing: number
  /** Some events begin to earn, others stop. */
  mixed: number
  /** All with an event of another kind, those above among them. */
  touched: number
  /** Of those gaining, losing or mixed: the most events either way first. */
  most: readonly WorkspaceEffect[]
}>

const MOST_SHOWN = 8

/**
 * Which workspaces would gain or lose by other kinds.
 *
 *   gained(w) = sum over events of w with direction(new kind) > direction(old kind);  lost(w) likewise with <
 *
 * `gaining` has gained(w) > 0 = lost(w). Scores are not made: an event that earns may be beyond a cap, or long decayed.
 *
 * Source: docs/methods/taxonomy.md, "Coverage".
 */
export function effectOf({ places }: NameCounts, before: NameKinds, after: NameKinds): Effect {
  const turn = turnsOf(before, after)
  const byPlace = new Map<number, { gained: number; lost: number }>()
  for (let i = 0; i < places.place.length; i++) {
    // Within range: three columns of equal length, names are codes.
    const change = turn[places.name[i] as number] as number
    if (change === UNCHANGED) continue
    const place = places.place[i] as number
    const sums = byPlace.get(place) ?? { gained: 0, lost: 0 }
    if (change > 0) sums.gained += places.count[i] as number
    if (change < 0) sums.lost += places.count[i] as number
    byPlace.set(place, sums)
  }
  const changed = [...byPlace.values()]
  return {
    gaining: changed.filter(({ gained, lost }) => gained > 0 && lost === 0).length,
    losing: changed.filter(({ gained, lost }) => gained === 0 && lost > 0).length,
    mixed: changed.filter(({ gained, lost }) => gained > 0 && lost > 0).length,
    touched: changed.length,
    most: [...byPlace]
      .map(([place, { gained, lost }]) => ({ place, events: gained - lost }))
      .filter(({ events }) => events !== 0)
      .sort((a, b) => Math.abs(b.events) - Math.abs(a.events) || a.place - b.place)
      .slice(0, MOST_SHOWN),
  }
}

const UNCHANGED = 9

/** Per name: 1 where its events begin to earn, -1 where they stop, 0 where only the kind is another, else UNCHANGED. */
function turnsOf(before: NameKinds, after: NameKinds): Int8Array {
  return Int8Array.from(after.kindOfName, (kind, name) => {
    const old = before.kindOfName[name] ?? 0
    if (before.kinds[old] === after.kinds[kind]) return UNCHANGED
    return Math.sign((after.directions[kind] ?? 0) - (before.directions[old] ?? 0))
  })
}

/** A name that takes another kind. The empty kind is none. */
export type MovedName = Readonly<{ name: string; from: string; to: string; events: number }>

/** Names with events whose kind changes, most events first. */
export function movedNames(counts: NameCounts, before: NameKinds, after: NameKinds): readonly MovedName[] {
  return counts.names
    .map((name, code) => ({
      name,
      from: before.kinds[before.kindOfName[code] ?? 0] ?? '',
      to: after.kinds[after.kindOfName[code] ?? 0] ?? '',
      events: counts.events[code] ?? 0,
    }))
    .filter(({ from, to, events }) => from !== to && events > 0)
    .sort((a, b) => b.events - a.events || compareCodePoints(a.name, b.name))
}
