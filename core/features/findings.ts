import type { Instant } from '#lib/time'
import { DAY_MS, type Day } from '#lib/time'
import type { CellBundle } from '#schema/cells'
import type { Findings } from '#schema/findings'
import type { ScoringModel } from '#schema/model'
import type { Anomaly } from '#schema/rollups'
import type { Unit } from '#schema/unit'
import { activationOf, withActivation } from './activation.ts'
import { activityOf, eventsIn } from './activity.ts'
import { type CellIndex, runsOf } from './cell-index.ts'
import { firstRunFrom } from './day-runs.ts'
import { healthOf } from './health.ts'
import { highIntentKinds } from './kinds.ts'
import { isReached, judgeMilestones, type MilestoneGround, nextBestAction } from './milestones.ts'
import { bareName, baseRollups, countFeatures, type FeatureGround, valuesByUnit } from './rollups.ts'

export type FindingsInput = Readonly<{
  bundle: Pick<CellBundle, 'facts'>
  index: CellIndex
  units: readonly Unit[]
  model: ScoringModel
  anomalies: readonly Anomaly[]
  asOf: Instant
  /** Day of asOf in the model's zone. */
  today: Day
  /** Distinct features of the project; counted where nothing is said, which takes all of its units. */
  featuresSeen?: number
}>

/**
 * What is known of every unit beside its score, in the order of units: rollups, health, milestones, the next best action,
 * and the facts that rules ask for.
 *
 *   high intent     a kind marked so in the last 30 days, or one marked "by admin" by an admin of the unit
 *   pricing intent  pricing_page_view or upgrade_click in the last 14 days
 *   active now      newest event (loops aside) within 24 h up to asOf
 *
 * Source: docs/methods/features.md.
 */
export function findingsOf(input: FindingsInput): Findings[] {
  return input.units.map(findingReader(input))
}

/** `findingsOf` for one unit at a time: there is much to know of very many units. */
export function findingReader(input: FindingsInput): (unit: Unit, u: number) => Findings {
  const { bundle, index, model, today } = input
  const ground: FeatureGround = {
    index,
    activity: activityOf(index, today),
    facts: bundle.facts,
    values: valuesByUnit(bundle.facts.values),
    featuresSeen: input.featuresSeen ?? countFeatures(bundle.facts.values),
    crm: new Set(model.rollups.crmIntegrations.map(bareName)),
    model,
  }
  const anomalies = anomaliesByUnit(input.anomalies)
  return (unit, u) => findingsOfUnit(input, ground, { unit, u, anomalies: anomalies.get(unit.id) ?? [] })
}

type Subject = Readonly<{ unit: Unit; u: number; anomalies: readonly Anomaly[] }>

function findingsOfUnit(
  { model, asOf }: FindingsInput,
  ground: FeatureGround,
  { unit, u, anomalies }: Subject,
): Findings {
  const base = baseRollups(ground, u, unit)
  const tested: MilestoneGround = { index: ground.index, facts: ground.facts, unit, u, rollups: base }
  const milestones = judgeMilestones(model.milestones, tested)
  return {
    rollups: withActivation(base, activationOf(model, tested), unit.createdAt),
    health: healthOf(ground, u, unit, base),
    milestones,
    nextBestAction: nextBestAction(milestones),
    secondaryMilestones: model.activation.secondary.map(({ id, holdsWhen }) => ({
      id,
      holds: isReached(holdsWhen, tested),
    })),
    hasHighIntent30d: hasHighIntent(ground, unit, u, model),
    hasPricingOrUpgrade14d: eventsIn(ground, u, 'pricing_page_view', 14) + eventsIn(ground, u, 'upgrade_click', 14) > 0,
    isActiveNow: base.last_active_at !== null && asOf - base.last_active_at <= DAY_MS,
    hasAdmin: unit.people.some(person => person.isAdmin),
    anomalies,
  }
}

function hasHighIntent(ground: FeatureGround, unit: Unit, u: number, model: ScoringModel): boolean {
  const { always, byAdmin } = highIntentKinds(model)
  if (always.some(kind => eventsIn(ground, u, kind, 30) > 0)) return true
  const { index, activity } = ground
  const { start } = index.slots
  const first = (start[u] as number) + 1
  return byAdmin.some(kind => {
    const runs = runsOf(index, kind)
    for (let run = firstRunFrom(runs, first); (runs.subject[run] ?? Infinity) < (start[u + 1] as number); run++) {
      // Within range: a run's first entry is its newest day.
      const newest = index.cells.days[runs.day[runs.start[run] as number] as number] as number
      if (activity.today - newest < 30 && unit.people[(runs.subject[run] as number) - first]?.isAdmin) return true
    }
    return false
  })
}

function anomaliesByUnit(anomalies: readonly Anomaly[]): ReadonlyMap<string, readonly Anomaly[]> {
  const byUnit = new Map<string, Anomaly[]>()
  for (const anomaly of anomalies) {
    for (const id of anomaly.unitIds) {
      const known = byUnit.get(id)
      if (known === undefined) byUnit.set(id, [anomaly])
      else known.push(anomaly)
    }
  }
  return byUnit
}
