import { activeUsers, buildCells, indexCells, kindTable, surveyEvents, takeRoster } from '#features'
import { calendarOf } from '#lib/time'
import type { CellBundle, SetAsidePositions } from '#schema/cells'
import type { Dataset } from '#schema/dataset'
import type { Identities } from '#schema/identity'
import type { ScoringModel } from '#schema/model'
import type { ScoreLine, UnitScore } from '#schema/score'
import type { Level, Unit } from '#schema/unit'
import { buildUnits, DEFAULT_MODEL, explainUnit, type ScoreGround, scoreGround } from '#score'
import { at, datasetOf, identitiesOf, type WorldRows } from '../features/world.ts'

export type Setting = Readonly<{
  asOf?: string | number
  model?: ScoringModel
  level?: Level
  joined?: readonly (readonly string[])[]
  identities?: Partial<Identities>
}>

export type Scored = Readonly<{
  dataset: Dataset
  bundle: CellBundle
  setAsideAt: SetAsidePositions
  units: readonly Unit[]
  ground: ScoreGround
  scores: readonly UnitScore[]
  unit: (id: string) => Unit
  score: (id: string) => UnitScore
  line: (id: string, signal: string) => ScoreLine | undefined
}>

export const TODAY = '2026-05-31T12:00:00Z'
const DAY = 86_400_000

/** `ms` before noon of the day that is `age` days before TODAY. */
export const aged = (age: number, ms = 0): number => at(TODAY) - age * DAY - ms
/** The day that is `age` days before TODAY, as a date without a time. */
export const day = (age: number): string => new Date(aged(age)).toISOString().slice(0, 10)

/** Scores of a small world, by the rooms as the pipeline joins them. */
export function scoreOf(rows: WorldRows, setting: Setting = {}): Scored {
  const dataset = datasetOf(rows)
  const model = setting.model ?? DEFAULT_MODEL
  const calendar = calendarOf(model.timeZone)
  const asOf = at(setting.asOf ?? TODAY)
  const roster = takeRoster(dataset, calendar, asOf)
  const kinds = kindTable(model)
  const log = dataset.events
  const survey = surveyEvents({ log, roster, kinds, loopEvents: model.loop.events, asOf })
  const identities = identitiesOf(dataset, setting.joined, setting.identities)
  activeUsers(roster, survey.presence, log.users)
  const { presence } = survey
  const units = buildUnits({
    dataset,
    roster,
    presence,
    identities,
    model,
    calendar,
    asOf,
    level: setting.level ?? 'workspace',
  })
  const { personOfUser } = identities
  const built = buildCells({ log, survey, roster, kinds, model, units, personOfUser, calendar, asOf })
  const ground = scoreGround(indexCells(built.bundle.cells, units), units, model, calendar.dayOf(asOf))
  const scores = units.map((_, u) => explainUnit(ground, u))
  const score = (id: string): UnitScore => scores.find(one => one.unitId === id) as UnitScore
  return {
    dataset,
    ...built,
    units,
    ground,
    scores,
    unit: id => units.find(one => one.id === id) as Unit,
    score,
    line: (id, signal) => score(id).lines.find(line => line.signal === signal),
  }
}

/** The default model with changes, for a test of one rule. */
export function modelWith(changes: Partial<ScoringModel>): ScoringModel {
  return { ...DEFAULT_MODEL, ...changes }
}
