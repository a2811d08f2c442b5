import type { Output, Result } from '#contract/contract'
import {
  effectOf,
  type Fate,
  kindsOfProject,
  movedNames,
  type NameCounts,
  type NameKinds,
  reachOfEntries,
  reachOfPattern,
  recentDays,
  suggestKinds,
} from '#features'
import type { Instant } from '#lib/time'
import type { ScoringModel, TaxonomyEntry } from '#schema/model'

/** The names of a project counted once, and the order in which they are shown. */
export type CountedNames = Readonly<{
  counts: NameCounts
  /** Codes of the listed names: most events first, then by name. */
  listed: Uint32Array
  /** The others with an event, too many to show. */
  unlisted: Readonly<{ names: number; events: number }>
  /** Ids and names of the workspaces in the data, by place. */
  workspaces: readonly Readonly<{ id: string; name: string | null }>[]
  /** Null where there is no event. */
  asOf: Instant | null
}>

/** Days of a sparkline. */
const SPARK_DAYS = 30
const MOST_MOVED = 200
const MOST_REACHED = 100
/** Names without a kind that are compared with the kinds: beyond these each has next to no events. */
const MOST_COMPARED = 5000

type Entries = readonly TaxonomyEntry[]

export function namesView({ counts, listed, unlisted, asOf }: CountedNames): Result<'taxonomy.names'> {
  const pick = (values: Uint32Array): Uint32Array => Uint32Array.from(listed, code => values[code] ?? 0)
  const pickDay = (values: Int32Array): Int32Array => Int32Array.from(listed, code => values[code] ?? 0)
  return {
    asOf,
    today: counts.today,
    sparkDays: SPARK_DAYS,
    names: Array.from(listed, code => counts.names[code] ?? ''),
    events: counts.events.reduce((total, events) => total + events, 0),
    unlisted,
    columns: {
      events: pick(counts.events),
      later: pick(counts.later),
      users: pick(counts.users),
      workspaces: pick(counts.workspaces),
      firstDay: pickDay(counts.firstDay),
      lastDay: pickDay(counts.lastDay),
      perDay: recentDays(counts, listed, SPARK_DAYS),
    },
  }
}

/** What a taxonomy would do, laid beside the one in force. */
export function previewOf(counted: CountedNames, model: ScoringModel, entries: Entries): Result<'taxonomy.preview'> {
  const { counts, listed, workspaces } = counted
  const before = kindsOfProject(counts, model)
  const after = kindsOfProject(counts, { taxonomy: [...entries], signals: model.signals })
  const kinds = [...new Set([...after.kinds, ...before.kinds])]
  const effect = effectOf(counts, before, after)
  const moved = movedNames(counts, before, after)
  return {
    kinds,
    before: before.coverage,
    after: after.coverage,
    entries: reachOfEntries(counts, entries).map(reach => ({ ...reach, lostTo: [...reach.lostTo] })),
    workspaces: {
      ...effect,
      total: workspaces.length,
      most: effect.most.map(({ place, events }) => ({
        id: workspaces[place]?.id ?? '',
        name: workspaces[place]?.name ?? null,
        events,
      })),
    },
    moved: moved.slice(0, MOST_MOVED),
    movedTotal: { names: moved.length, events: moved.reduce((total, { events }) => total + events, 0) },
    columns: {
      kindOfName: placesIn(kinds, after, listed),
      kindInForce: placesIn(kinds, before, listed),
    },
  }
}

function placesIn(kinds: readonly string[], of: NameKinds, listed: Uint32Array): Int32Array {
  const place = new Map(kinds.map((kind, i) => [kind, i]))
  const placeOfCode = of.kinds.map(kind => place.get(kind) ?? 0)
  return Int32Array.from(listed, code => placeOfCode[of.kindOfName[code] ?? 0] ?? 0)
}

const FATES: readonly Fate[] = ['new', 'taken', 'own', 'kept']

export function patternView(
  { counts }: CountedNames,
  entries: Entries,
  { at, pattern }: Readonly<{ at: number; pattern: string }>,
): Output<'taxonomy.pattern'> {
  const reach = reachOfPattern(counts, entries, at, pattern)
  return {
    pattern: reach.pattern,
    fates: FATES.map(fate => {
      const names = reach.names.filter(name => name.fate === fate)
      return {
        fate,
        names: names.length,
        events: names.reduce((total, { events }) => total + events, 0),
        most: names.slice(0, MOST_REACHED).map(({ name, kind, events }) => ({ name, kind, events })),
      }
    }),
  }
}

export function suggestionsView(
  { counts, listed }: CountedNames,
  model: ScoringModel,
  entries: Entries,
): Output<'taxonomy.suggest'> {
  const { kindOfName } = kindsOfProject(counts, { taxonomy: [...entries], signals: model.signals })
  const unmapped = [...listed].filter(code => kindOfName[code] === 0 && (counts.events[code] ?? 0) > 0)
  const compared = unmapped.slice(0, MOST_COMPARED)
  const eventsOf = new Map(compared.map(code => [counts.names[code] ?? '', counts.events[code] ?? 0]))
  return {
    suggestions: suggestKinds([...eventsOf.keys()], entries).map(({ name, likenesses }) => ({
      name,
      events: eventsOf.get(name) ?? 0,
      likenesses: [...likenesses],
    })),
    compared: compared.length,
    unmapped: unmapped.length,
  }
}
