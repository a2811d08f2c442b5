import type { Calendar, Instant } from '#lib/time'
import type { Dataset } from '#schema/dataset'
import type { JudgedUnit } from '#schema/findings'
import type { Destination, RoutingPolicy } from '#schema/policy'
import type { RouteDecision } from '#schema/route'
import type { Row } from '#schema/tables'
import type { Person } from '#schema/unit'
import { type Assignment, type Claim, loadOfWeek, shareOut } from './capacity.ts'
import { type CrmPeople, crmPeopleOf } from './crm-people.ts'
import { factsOf } from './facts.ts'
import { accountOwnerOf, type Ownership, ownershipOf } from './ownership.ts'
import { applyRules, type Ruling } from './rules.ts'
import { reasonsAgainst, type SuppressionGround, suppressionGroundOf, suppressionsOf } from './suppressions.ts'
import { contactBookOf } from './unit-contacts.ts'

/** What routing knows beside the judged units. */
export type RouteContext = Readonly<{
  dataset: Omit<Dataset, 'events'>
  asOf: Instant
  calendar: Calendar
  /** unit id -> who works it since an earlier run; several where several teams do */
  assignments: ReadonlyMap<string, Assignment | readonly Assignment[]>
  /** Ids of anomalies that somebody dismissed. */
  dismissedAnomalies: ReadonlySet<string>
  /** Persons of identity, to find the contacts of people with several user ids; missing: each user is one person. */
  persons?: readonly Person[]
}>

type Ground = Readonly<{
  policy: RoutingPolicy
  context: RouteContext
  people: CrmPeople
  accounts: ReadonlyMap<string, Row<'accounts'>>
  suppression: SuppressionGround
}>

type Draft = Readonly<{ judged: JudgedUnit; ruling: Ruling; suppressedBy: readonly string[]; ownership: Ownership }>

/**
 * Where each unit goes, why, and whose it is.
 *
 * One destination and at most two other channels by the first rule that holds; suppressions stop channels, never the
 * destination; the account's owner, an earlier assignment or the pools give the owner. A unit that is suppressed on its
 * destination takes nobody's capacity.
 *
 * @param judged units in any order
 * @param policy rules and limits
 * @param context tables, instant, earlier assignments and decisions
 * @returns one decision per unit, in the order of `judged`
 *
 * Source: docs/methods/route.md.
 */
export function routeUnits(
  judged: readonly JudgedUnit[],
  policy: RoutingPolicy,
  context: RouteContext,
): readonly RouteDecision[] {
  const ground = groundOf(policy, context)
  const drafts = judged.map(unit => draftOf(unit, ground))
  const load = loadOfWeek([...context.assignments.values()].flat(), context.asOf, context.calendar)
  const shared = shareOut(drafts.flatMap(claimOf), ground.people, load)
  return drafts.map(draft => decisionOf(draft, shared.get(draft.judged.unit.id)))
}

function groundOf(policy: RoutingPolicy, context: RouteContext): Ground {
  const { dataset, asOf, calendar } = context
  const people = crmPeopleOf(dataset.crm_users)
  const contacts = contactBookOf(dataset, context.persons)
  return {
    policy,
    context,
    people,
    accounts: new Map(dataset.accounts.map(row => [row.account_id, row])),
    suppression: suppressionGroundOf(dataset, { suppress: policy.suppress, asOf, calendar, contacts, people }),
  }
}

function draftOf(judged: JudgedUnit, ground: Ground): Draft {
  const { policy, context, people, suppression } = ground
  const { unit } = judged
  const account = unit.accountId === null ? undefined : ground.accounts.get(unit.accountId)
  const { asOf, calendar, dismissedAnomalies } = context
  const { anomalyDays } = policy
  const ruling = applyRules(factsOf(judged, { asOf, calendar, dismissedAnomalies, anomalyDays, account }), policy)
  const { destination, also } = ruling
  const reasons = suppressionsOf(judged, accountOwnerOf(destination, { people, account }), suppression)
  const workspaces = unit.workspaceIds.flatMap(id => suppression.workspaces.get(id) ?? [])
  const assigned = [context.assignments.get(unit.id) ?? []].flat()
  return {
    judged,
    ruling,
    suppressedBy: reasons.filter(reason =>
      [destination, ...also].some(channel => reasonsAgainst([reason], channel).length > 0),
    ),
    ownership: ownershipOf(destination, assigned, { policy, people, account, workspaces }),
  }
}

function claimOf({ judged, ruling, suppressedBy, ownership }: Draft): readonly Claim[] {
  const isStopped = reasonsAgainst(suppressedBy, ruling.destination).length > 0
  if (ownership.pool === null || isStopped) return []
  return [{ unitId: judged.unit.id, score: judged.score.score, pool: ownership.pool }]
}

/** @param shared owner from the pool; null: no room left; undefined: no pool was asked */
function decisionOf(
  { judged, ruling, suppressedBy, ownership }: Draft,
  shared: string | null | undefined,
): RouteDecision {
  return {
    unitId: judged.unit.id,
    destination: ruling.destination,
    also: ruling.also,
    ruleId: ruling.ruleId,
    play: playOf(ruling.destination, judged),
    ownerTeam: ownership.team,
    owner: ownership.owner ?? shared ?? null,
    ownerFrom: ownership.from ?? (typeof shared === 'string' ? 'pool' : null),
    isOverCapacity: shared === null,
    suppressedBy,
    trace: ruling.trace,
  }
}

/** What a success manager does: a renewal in danger comes first, then saving, then growing. */
function playOf(destination: Destination, { findings }: JudgedUnit): RouteDecision['play'] {
  if (destination !== 'csm') return null
  if (findings.health.hasRenewalRisk) return 'renew'
  return findings.health.state === 'at_risk' ? 'save' : 'expand'
}
