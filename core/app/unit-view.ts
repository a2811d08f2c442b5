import type { Output } from '#contract/contract'
import { toldOf } from '#export'
import { isNoAddress } from '#identity'
import { compareCodePoints } from '#lib/text'
import { calendarOf } from '#lib/time'
import { BUCKETS, type BucketId, type ScoringModel } from '#schema/model'
import type { RoutingPolicy } from '#schema/policy'
import { printedPoints, sentenceOf } from '#score'
import { type Readable, type RunUnit, readRecord, type ScoreRun } from '#store'
import { optedOutOf } from './opted-out.ts'
import { ruleView } from './rule-view.ts'

export type UnitView = Output<'score.unit'>
/** A unit of a run as the store gives it back. */
export type StoredUnit = RunUnit & Readonly<{ unitNo: number }>

type Parts = Readonly<{
  run: ScoreRun
  unit: StoredUnit
  row: UnitView['row']
  model: ScoringModel
  policy: RoutingPolicy
}>

/** Everything that is known about one unit of a run, in the words of the contract. */
export function unitView(db: Readable, { run, unit, row, model, policy }: Parts): UnitView {
  const { judged, route } = unit
  const { score, findings } = judged
  const ground = { unit: judged.unit, model, today: calendarOf(model.timeZone).dayOf(run.asOf) }
  const printed = printedPoints(score)
  const people = peopleView(db, unit)
  const optedOut = score.lines.some(({ scope }) => scope === 'person') ? optedOutOf(db, run) : null
  const nameOf = (personId: string): string | null => {
    const person = people.find(own => own.personId === personId && optedOut?.has(own.personId) !== true)
    return person?.name ?? person?.email ?? null
  }
  return {
    row,
    asOf: run.asOf,
    modelName: model.name,
    modelHash: run.modelHash,
    total: score.total,
    range: [...score.range],
    bucketMax: bucketMaxima(model),
    lines: score.lines.map(line => ({
      ...line,
      printedPoints: printed(line),
      sentence: toldOf(line, sentenceOf(line, ground, printed(line)), { nameOf }),
    })),
    people,
    workspaceIds: [...judged.unit.workspaceIds],
    rollups: { ...findings.rollups },
    milestones: findings.milestones.map(({ milestone: { id, prompt, channel }, holds }) => ({
      id,
      prompt,
      channel,
      holds,
    })),
    healthEvidence: [...findings.health.evidence],
    trace: route.trace.map(rule => ruleView(rule, policy)),
    play: route.play,
    isOverCapacity: route.isOverCapacity,
    suppressedBy: [...route.suppressedBy],
    plan: unit.plan,
    mrr: judged.unit.mrr,
    trialEndDay: judged.unit.trialEndDay,
    fit: { points: judged.unit.fit.points, tier: judged.unit.fit.tier, source: judged.unit.fit.source },
  }
}

/** What a bucket can give at most; the negative one, what it can cost. Unbounded is shown as 0. */
function bucketMaxima(model: ScoringModel): UnitView['bucketMax'] {
  const of = (id: BucketId): number =>
    (id === 'fit' ? model.buckets.fit.max : (model.buckets[id].max ?? model.buckets[id].min)) ?? 0
  return Object.fromEntries(BUCKETS.map(id => [id, of(id)])) as UnitView['bucketMax'] // one entry per bucket
}

function peopleView(db: Readable, { judged, people }: StoredUnit): UnitView['people'] {
  const { unit, score } = judged
  const view = unit.people.map((person, i) => {
    const figures = people[i]
    const ids = figures?.userIds ?? [person.personId]
    return {
      personId: person.personId,
      ...namesOf(db, ids),
      role: person.role,
      roleFactor: person.roleFactor,
      isAdmin: person.isAdmin,
      isChampion: person.isChampion,
      isRepresentative: person.personId === score.representativeId,
      userIds: [...ids],
      userScore: figures?.userScore ?? 0,
      lastActiveDay: figures?.lastActiveDay ?? null,
      events30d: figures?.events30d ?? 0,
    }
  })
  return view.sort((a, b) => b.userScore - a.userScore || compareCodePoints(a.personId, b.personId))
}

type Names = Readonly<{ name: string | null; email: string | null; jobTitle: string | null }>

/** The first of a person's user records that knows each name. */
export function namesOf(db: Readable, userIds: readonly string[]): Names {
  const records = userIds.flatMap(id => readRecord(db, 'users', [id]) ?? [])
  const first = (column: string, isSaid: (value: string) => boolean = () => true): string | null => {
    for (const { fields } of records) {
      const value = fields.find(({ name }) => name === column)?.value
      if (value !== undefined && value !== null && isSaid(value)) return value
    }
    return null
  }
  return {
    name: first('name'),
    email: first('primary_email', value => !isNoAddress(value)),
    jobTitle: first('job_title'),
  }
}
