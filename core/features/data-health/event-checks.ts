import { HOUR_MS, type Instant } from '#lib/time'
import type { SetAsidePositions } from '#schema/cells'
import type { CheckCode, HealthRow, HealthRows, RowColumn, RowValue } from '#schema/data-health'
import type { EventLog } from '#schema/event'
import type { Anomaly } from '#schema/rollups'
import type { Unit } from '#schema/unit'
import { findGaps, gapSentence } from './clock-gaps.ts'
import type { EventTally, EventTestCode, EventWalk } from './event-walk.ts'
import type { Found, HealthInput } from './health-input.ts'
import { withoutUserAdvice, withoutUserSentences } from './without-user.ts'

/** Events behind a check, by position, with what one column more says of each, in the same order. */
export type EventRows = Readonly<{
  positions: Float64Array
  extra: Readonly<{ column: RowColumn; values: readonly RowValue[] }> | null
}>

/** What the rows of events are found by, beside the walk. */
export type EventRowsGround = Readonly<{
  setAsideAt: SetAsidePositions
  anomalies: readonly Anomaly[]
  units: readonly Pick<Unit, 'id' | 'workspaceIds'>[]
  /** Workspace id -> place in the roster. */
  workspaceIndex: ReadonlyMap<string, number>
  copies: EventLog['copies']
}>

/** Checks whose rows are events. */
export type EventRowsCode = Extract<
  CheckCode,
  | EventTestCode
  | 'event_without_workspace'
  | 'event_of_unknown_workspace'
  | 'event_copy'
  | 'event_loop'
  | 'event_burst'
  | 'clock_gap'
>

/**
 * What is wrong with events: those set aside as the scores set them aside, loops and bursts as they were found, and what the
 * walk counted. Nothing is found in another way here.
 *
 * @param input its set-aside positions and anomalies are those of the cells that are scored
 * @param tally of the same data at the same as-of
 * @returns one finding each; rows of events are found by `eventRows` when they are asked for
 *
 * Source: docs/methods/data-health.md, "Events".
 */
export function checkEvents(input: HealthInput, tally: EventTally): Found[] {
  const { setAsideAt, anomalies, dataset, bundle } = input
  const all = dataset.events.count
  const gaps = findGaps(tally)
  const ofKind = (kind: Anomaly['kind']): readonly Anomaly[] => anomalies.filter(anomaly => anomaly.kind === kind)
  const said = (found: readonly Anomaly[]): readonly string[] =>
    found
      .toSorted((a, b) => b.count - a.count)
      .map(({ subject, kind, evidence }) => (kind === 'burst' ? `${subject}: ${evidence}` : evidence))
  const bursts = ofKind('burst')
  const watched =
    tally.perHour.length -
    Math.max(
      0,
      tally.perHour.findIndex(count => count > 0),
    )
  const groups = losingGroups(dataset.events.copies, setAsideAt.duplicate_id)
  const unmapped = bundle.unmappedNames.reduce((total, { count }) => total + count, 0)
  return [
    { code: 'event_without_workspace', count: setAsideAt.no_workspace.length, of: all },
    { code: 'event_of_unknown_workspace', count: setAsideAt.unknown_workspace.length, of: all },
    {
      code: 'event_without_user',
      count: tally.counts.event_without_user,
      of: tally.events,
      evidence: withoutUserSentences(tally.withoutUser, dataset.events.stitching),
      fix: withoutUserAdvice(tally.withoutUser),
    },
    { code: 'event_of_unknown_user', count: tally.counts.event_of_unknown_user, of: tally.events },
    {
      code: 'event_copy',
      count: setAsideAt.duplicate_id.length,
      of: all,
      evidence: copySentences(groups),
      eventRows: groups.reduce((total, { positions }) => total + positions.length, 0),
    },
    { code: 'event_loop', count: setAsideAt.looped.length, of: all, evidence: said(ofKind('loop')) },
    {
      code: 'event_burst',
      count: bursts.reduce((total, { count }) => total + count, 0),
      of: all,
      evidence: said(bursts),
    },
    { code: 'event_in_future', count: tally.counts.event_in_future, of: all },
    { code: 'event_before_workspace', count: tally.counts.event_before_workspace, of: tally.events },
    {
      code: 'clock_gap',
      count: gaps.reduce((total, { hours }) => total + hours, 0),
      of: gaps.length === 0 ? 0 : watched,
      evidence: gaps.map(gapSentence),
      eventRows: 2 * gaps.length,
    },
    { code: 'unmapped_event', count: unmapped, of: tally.placed, rows: unmappedRows(input, tally) },
  ]
}

function copySentences(groups: EventLog['copies']): readonly string[] {
  if (groups.length === 0) return []
  return [`${groups.length} ${groups.length === 1 ? 'id was' : 'ids were'} sent with differing content`]
}

/** Groups of copies of which any gives way at as-of. */
function losingGroups(copies: EventLog['copies'], losing: Float64Array): EventLog['copies'] {
  const known = new Set(losing)
  return copies.filter(({ positions }) => positions.some(position => known.has(position)))
}

/** Names without a kind, most events first, each with the first event that has it. */
function unmappedRows({ bundle, dataset }: HealthInput, { firstOfName, placed }: EventTally): HealthRows {
  const codeOf = new Map(dataset.events.names.map((name, code) => [name, code]))
  const rows = bundle.unmappedNames
    .toSorted((a, b) => b.count - a.count)
    .map(({ name, count }): HealthRow => {
      const position = firstOfName[codeOf.get(name) ?? -1] ?? -1
      return { values: [name, count, count / placed], place: position < 0 ? null : { kind: 'event', position } }
    })
  return {
    columns: [
      { id: 'name', label: 'Event name', kind: 'id' },
      { id: 'events', label: 'Events', kind: 'count' },
      { id: 'share', label: 'Share', kind: 'share' },
    ],
    rows,
  }
}

/**
 * The events behind a check, by the same tests that counted them.
 *
 * @param ground of the same data at the same as-of as the walk and its tally
 * @returns positions in the log, ascending but for gaps, which come in pairs: the last event before and the first after
 *
 * Source: docs/methods/data-health.md, "Rows".
 */
export function eventRows(code: EventRowsCode, ground: EventRowsGround, walk: EventWalk, tally: EventTally): EventRows {
  const { setAsideAt } = ground
  const plain = (positions: Float64Array): EventRows => ({ positions, extra: null })
  switch (code) {
    case 'event_without_workspace':
      return plain(setAsideAt.no_workspace)
    case 'event_of_unknown_workspace':
      return plain(setAsideAt.unknown_workspace)
    case 'event_loop':
      return plain(setAsideAt.looped)
    case 'event_copy':
      return copyRows(ground)
    case 'event_without_user':
      return withoutUserRows(walk)
    case 'event_burst':
      return plain(burstPositions(ground, walk))
    case 'clock_gap':
      return gapRows(walk, tally)
    default:
      return plain(walk.positions(code))
  }
}

/** Events by nobody, each with the reason. */
function withoutUserRows(walk: EventWalk): EventRows {
  const positions = walk.positions('event_without_user')
  return {
    positions,
    extra: { column: { id: 'reason', label: 'Why', kind: 'text' }, values: Array.from(positions, walk.reasonOf) },
  }
}

/** All members of the groups, the one that counts first to last loaded; copies after as-of do not exist. */
function copyRows({ copies, setAsideAt }: EventRowsGround): EventRows {
  const losing = new Set(setAsideAt.duplicate_id)
  const groups = losingGroups(copies, setAsideAt.duplicate_id)
  const positions = Float64Array.from(groups.flatMap(({ positions: members }) => members))
  return {
    positions,
    extra: {
      column: { id: 'counts', label: 'Counts', kind: 'text' },
      values: Array.from(positions, position => (losing.has(position) ? 'set aside' : 'counts')),
    },
  }
}

/** Events of each burst's workspaces on its day, those that count. */
function burstPositions(
  { anomalies, units, workspaceIndex, setAsideAt }: EventRowsGround,
  walk: EventWalk,
): Float64Array {
  const placesOf = new Map(
    units.map(({ id, workspaceIds }) => [id, workspaceIds.flatMap(own => workspaceIndex.get(own) ?? [])]),
  )
  const spans = new Map<number, Readonly<{ from: Instant; to: Instant }>[]>()
  for (const { kind, subject, firstAt, lastAt } of anomalies) {
    if (kind !== 'burst') continue
    for (const place of placesOf.get(subject) ?? [])
      spans.set(place, [...(spans.get(place) ?? []), { from: firstAt, to: lastAt }])
  }
  if (spans.size === 0) return new Float64Array(0)
  const looped = new Set(setAsideAt.looped)
  const inside = walk.positionsWhere(
    (at, place) => spans.get(place)?.some(({ from, to }) => at >= from && at <= to) === true,
  )
  return inside.filter(position => !looped.has(position))
}

/** The last event before each gap and the first after it. */
function gapRows(walk: EventWalk, tally: EventTally): EventRows {
  const gaps = findGaps(tally)
  const before = new Map(gaps.map(({ from }) => [from - HOUR_MS, EDGE]))
  const after = new Map(gaps.map(({ to }) => [to, EDGE]))
  walk.positionsWhere((at, _place, position) => {
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS
    const last = before.get(hour)
    if (last !== undefined && (last.position < 0 || at >= last.at)) before.set(hour, { at, position })
    const first = after.get(hour)
    if (first !== undefined && (first.position < 0 || at < first.at)) after.set(hour, { at, position })
    return false
  })
  const edges = gaps.flatMap(({ from, to, hours }) => [
    { position: before.get(from - HOUR_MS)?.position ?? -1, side: `before ${hours} h without events` },
    { position: after.get(to)?.position ?? -1, side: `after ${hours} h without events` },
  ])
  const known = edges.filter(({ position }) => position >= 0)
  return {
    positions: Float64Array.from(known, ({ position }) => position),
    extra: { column: { id: 'gap', label: 'Gap', kind: 'text' }, values: known.map(({ side }) => side) },
  }
}

const EDGE = { at: 0, position: -1 }
