import type { Output } from '#contract/contract'
import { type ActivationGround, activationEffect, activationRollups, reachedMilestones } from '#features'
import { compareCodePoints } from '#lib/text'
import type { ScoringModel } from '#schema/model'
import type { Unit } from '#schema/unit'
import { openEventLog, type Readable } from '#store'
import type { FoundUnits } from './data-health-ground.ts'

type Activation = ScoringModel['activation']
type View = NonNullable<Output<'health.workspace'>['workspace']>
type Match = Output<'health.workspaces'>['workspaces'][number]

/** Days of activity that are drawn. */
const SHOWN_DAYS = 90

/** One workspace as of the instant of `found`; null where it was not there then. */
export function workspaceView(
  db: Readable,
  found: FoundUnits,
  { workspaceId, activation }: Readonly<{ workspaceId: string; activation: Activation }>,
): View | null {
  const u = found.units.findIndex(({ workspaceIds }) => workspaceIds.includes(workspaceId))
  const unit = found.units[u]
  const findings = found.findings[u]
  if (unit === undefined || findings === undefined) return null
  const { health, rollups, milestones } = findings
  const ground = activationGround(found)
  return {
    unitId: unit.id,
    name: unit.name,
    workspaceIds: [...unit.workspaceIds],
    createdAt: unit.createdAt,
    people: unit.people.length,
    isPaid: unit.isPaid,
    isOnTrial: unit.isOnTrial,
    state: health.state,
    hasRenewalRisk: health.hasRenewalRisk,
    isExpansion: health.isExpansion,
    evidence: [...health.evidence],
    rollups: { ...rollups, ...activationRollups(ground, u, activation) },
    milestones: milestones.map(({ milestone: { id, prompt, channel }, holds }) => ({ id, prompt, channel, holds })),
    ...reachedBy(ground, u, activation),
    anomalies: findings.anomalies.map(({ evidence }) => evidence),
    ...activityOf(db, found, unit),
  }
}

function reachedBy(ground: ActivationGround, u: number, activation: Activation): Pick<View, 'primary' | 'secondary'> {
  const first = { id: 'primary', holdsWhen: activation.primary }
  const [primary, ...secondary] = reachedMilestones(ground, u, [first, ...activation.secondary])
  return { primary: { holds: primary?.holds ?? false, at: primary?.at ?? null }, secondary }
}

function activityOf(db: Readable, { calendar, asOf }: FoundUnits, unit: Unit): Pick<View, 'perDay' | 'firstDay'> {
  const firstDay = calendar.dayOf(asOf) - SHOWN_DAYS + 1
  const perDay = new Array<number>(SHOWN_DAYS).fill(0)
  for (const at of openEventLog(db, calendar).times(unit.workspaceIds, {
    from: calendar.startOf(firstDay),
    to: asOf,
  })) {
    const day = calendar.dayOf(at) - firstDay
    perDay[day] = (perDay[day] ?? 0) + 1
  }
  return { perDay, firstDay }
}

/** Workspaces whose id or name holds a text, by name, then id. An empty text fits all. */
export function matchingWorkspaces({ units }: FoundUnits, search: string, limit: number): Output<'health.workspaces'> {
  const wanted = search.trim().toLowerCase()
  const fits = (text: string | null): boolean => text?.toLowerCase().includes(wanted) === true
  const matches = units.flatMap(({ workspaceIds, name }) =>
    workspaceIds.flatMap((workspaceId): Match[] => (fits(workspaceId) || fits(name) ? [{ workspaceId, name }] : [])),
  )
  const sorted = matches.sort(
    (a, b) =>
      compareCodePoints((a.name ?? '').toLowerCase(), (b.name ?? '').toLowerCase()) ||
      compareCodePoints(a.workspaceId, b.workspaceId),
  )
  return { workspaces: sorted.slice(0, limit), matching: matches.length }
}

/** What another activation rule does to all workspaces, beside the one in force. */
export function activationView(
  found: FoundUnits,
  { inForce, draft }: Readonly<{ inForce: Activation; draft: Activation }>,
): Output<'health.activation'> {
  const { now, draft: other, ...changes } = activationEffect(activationGround(found), inForce, draft)
  const view = (figures: typeof now): Output<'health.activation'>['now'] => ({
    ...figures,
    within: [...figures.within],
    secondary: [...figures.secondary],
  })
  return { asOf: found.asOf, now: view(now), draft: view(other), ...changes }
}

function activationGround({ index, facts, units, findings, asOf }: FoundUnits): ActivationGround {
  return { index, facts, units, asOf, rollups: findings.map(({ rollups }) => rollups) }
}
