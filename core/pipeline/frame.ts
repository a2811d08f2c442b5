import {
  activeUsers,
  type BuiltCells,
  type CellIndex,
  cellSteps,
  type EventSurvey,
  indexCells,
  type JudgedRoster,
  type KindTable,
  kindTable,
  surveySteps,
} from '#features'
import type { Steps } from '#lib/steps'
import type { Calendar, Instant } from '#lib/time'
import type { Presence } from '#schema/cells'
import type { JudgedData } from '#schema/dataset'
import type { Activity, Identities } from '#schema/identity'
import type { ScoringModel } from '#schema/model'
import type { Level, Unit } from '#schema/unit'
import { unitSteps } from '#score'

/** The answers of identity, or how to get them once it is known who is active where. */
export type IdentitySource = Identities | ((activity: Activity) => Identities | Steps<Identities>)

/** What is worked out next; a host may let others have a turn before it. */
export type FrameStep = 'events' | 'identities' | 'cells'

export type FrameInput = Readonly<{
  dataset: Pick<JudgedData, 'accounts' | 'subscriptions' | 'events'>
  /** Users and workspaces that exist at asOf. */
  roster: JudgedRoster
  identities: IdentitySource
  model: ScoringModel
  /** In the model's zone. */
  calendar: Calendar
  asOf: Instant
  level: Level
  /** Cells built earlier for the same key; without them the events are walked. */
  cells?: BuiltCells | undefined
}>

/** Who is there and what they did: all that findings and scores are worked out from. */
export type Frame = Readonly<{
  kinds: KindTable
  /** Null where cells were given, so that the events were not walked. */
  survey: EventSurvey | null
  identities: Identities
  /** Sorted by id. */
  units: readonly Unit[]
  cells: BuiltCells
  index: CellIndex
}>

/**
 * From who exists to what each unit did: events, identities, units and cells, each needing the one before.
 *
 * @param input everything as values; nothing is read from elsewhere
 * @returns a generator that yields the name of the step that comes next or goes on, and returns the frame
 *
 * Source: docs/methods/score.md, docs/methods/features.md.
 */
export function* frameSteps(input: FrameInput): Steps<Frame, FrameStep> {
  const { dataset, roster, model, calendar, asOf } = input
  const kinds = kindTable(model)
  const survey = input.cells === undefined ? yield* during('events', surveyed(input, kinds)) : null
  const presence = survey?.presence ?? input.cells?.bundle.presence ?? NOBODY
  yield 'identities'
  const identities = yield* during('identities', identitiesOf(input, presence))
  const units = yield* during('identities', unitSteps({ ...input, presence, identities }))
  yield 'cells'
  const cells =
    input.cells ??
    (yield* during(
      'cells',
      cellSteps({
        log: dataset.events,
        survey: survey as EventSurvey, // no cells are given, so it was made
        roster,
        kinds,
        model,
        units,
        personOfUser: identities.personOfUser,
        calendar,
        asOf,
      }),
    ))
  yield 'cells'
  return { kinds, survey, identities, units, cells, index: indexCells(cells.bundle.cells, units) }
}

const NOBODY: Presence = { workspace: new Uint32Array(0), user: new Uint32Array(0) }

function surveyed({ dataset, roster, model, asOf }: FrameInput, kinds: KindTable): Steps<EventSurvey> {
  return surveySteps({ log: dataset.events, roster, kinds, loopEvents: model.loop.events, asOf })
}

function* identitiesOf({ identities, dataset, roster }: FrameInput, presence: Presence): Steps<Identities> {
  if (typeof identities !== 'function') return identities
  const found = identities(activeUsers(roster, presence, dataset.events.users))
  return 'next' in found ? yield* found : found
}

/**
 * Names the step at every halt of a part of it.
 *
 * @param step what the part belongs to
 * @param steps a part that has not begun
 * @returns the same work, yielding the name
 */
export function* during<T, Step>(step: Step, steps: Steps<T>): Steps<T, Step> {
  try {
    for (;;) {
      const next = steps.next()
      if (next.done === true) return next.value
      yield step
    }
  } finally {
    steps.return(undefined as never)
  }
}
