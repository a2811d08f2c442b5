import { finish, type Steps } from '#lib/steps'
import type { Calendar, Instant } from '#lib/time'
import type { JudgedTables } from '#schema/dataset'
import type { JudgedUnit } from '#schema/findings'
import type { Destination, RoutingPolicy } from '#schema/policy'
import type { RouteDecision } from '#schema/route'
import { type Assignment, type Claim, loadOfWeek, shareOut } from './capacity.ts'
import { type CrmPeople, crmPeopleOf, withReps } from './crm-people.ts'
import { type Facts, factsOf } from './facts.ts'
import { accountOwnersOf, type OwnedAccount, type Ownership, ownershipOf } from './ownership.ts'
import { applyRules, type Ruling } from './rules.ts'
import { reasonsAgainst, type SuppressionGround, suppressionGroundOf, suppressionsOf } from './suppressions.ts'
import { type ContactLink, contactBookOf } from './unit-contacts.ts'

/** The tables that routing looks into. */
type RoutedTables = Pick<JudgedTables, 'users' | 'workspaces' | 'accounts' | 'contacts' | 'deals' | 'crm_users'>

/** A unit as far as rules and suppressions look at it: its ledger is not among it. */
export type RoutedUnit = Pick<JudgedUnit, 'unit' | 'findings'> &
  Readonly<{ score: Pick<JudgedUnit['score'], 'score' | 'stage' | 'representativeId'> }>

/** Where a unit goes, without the rules that were tried. */
export type RouteVerdict = Omit<RouteDecision, 'trace'>

/** Verdicts in the order of the units, and the rules that were tried for one of them. */
export type Routing = Readonly<{
  verdicts: readonly RouteVerdict[]
  traceOf(unit: RoutedUnit): RouteDecision['trace']
}>

/** What routing knows beside the judged units. */
export type RouteContext = Readonly<{
  dataset: RoutedTables
  asOf: Instant
  calendar: Calendar
  /** unit id -> who works it since an earlier run; several where several teams do */
  assignments: ReadonlyMap<string, Assignment | readonly Assignment[]>
  /** Ids of anomalies that somebody dismissed. */
  dismissedAnomalies: ReadonlySet<string>
  /** Whom contacts stand for, by `contactLinkSteps` of the same contacts, users and persons. */
  contactLinks: readonly ContactLink[]
}>

type Ground = Readonly<{
  policy: RoutingPolicy
  context: RouteContext
  people: CrmPeople
  accounts: ReadonlyMap<string, OwnedAccount>
  suppression: SuppressionGround
}>

type Draft = Readonly<{
  verdict: Omit<RouteVerdict, 'ownerTeam' | 'owner' | 'ownerFrom' | 'isOverCapacity'>
  ownership: Ownership
  score: number
}>

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
  judged: readonly RoutedUnit[],
  policy: RoutingPolicy,
  context: RouteContext,
): readonly RouteDecision[] {
  const { verdicts, traceOf } = finish(routeSteps(judged, policy, context))
  // One verdict per unit.
  return verdicts.map((verdict, i) => ({ ...verdict, trace: traceOf(judged[i] as RoutedUnit) }))
}

/** Units between two halts. */
const STRETCH = 512

/**
 * `routeUnits`, halting now and then, with the rules that were tried worked out when they are asked for.
 *
 * @param judged units in any order; each is asked for once
 *
 * Source: docs/methods/route.md.
 */
export function* routeSteps(
  judged: Iterable<RoutedUnit>,
  policy: RoutingPolicy,
  context: RouteContext,
): Steps<Routing> {
  const ground = routeGround(policy, context)
  const drafts: Draft[] = []
  for (const unit of judged) {
    if (drafts.length % STRETCH === 0) yield
    drafts.push(draftOf(unit, ground))
  }
  const load = loadOfWeek([...context.assignments.values()].flat(), context.asOf, context.calendar)
  const shared = shareOut(drafts.flatMap(claimOf), ground.people, { load, overflow: policy.overflow ?? {} })
  // Contacts and deals are not needed any more, and are not held on to.
  const { accounts } = ground
  return {
    verdicts: drafts.map(draft => verdictOf(draft, shared.get(draft.verdict.unitId))),
    traceOf: traceReader({
      policy,
      accounts,
      context: { asOf: context.asOf, calendar: context.calendar, dismissedAnomalies: context.dismissedAnomalies },
    }),
  }
}

/**
 * What all units are routed on, made once.
 *
 * Source: docs/methods/route.md.
 */
export function routeGround(policy: RoutingPolicy, context: RouteContext): Ground {
  const { dataset, asOf, calendar } = context
  const people = crmPeopleOf(withReps(dataset.crm_users, policy.reps))
  const contacts = contactBookOf(dataset.contacts, context.contactLinks)
  return {
    policy,
    context,
    people,
    accounts: accountsOf(dataset.accounts),
    suppression: suppressionGroundOf(dataset, { suppress: policy.suppress, asOf, calendar, contacts, people }),
  }
}

function accountsOf(rows: JudgedTables['accounts']): Ground['accounts'] {
  const accounts = new Map<string, OwnedAccount>()
  for (const { account_id, current_owner, csm_owner, employee_count } of rows)
    accounts.set(account_id, { current_owner, csm_owner, employee_count })
  return accounts
}

function accountOf({ unit }: RoutedUnit, ground: Pick<Ground, 'accounts'>): OwnedAccount | undefined {
  return unit.accountId === null ? undefined : ground.accounts.get(unit.accountId)
}

type RulingGround = Pick<Ground, 'policy' | 'accounts'> &
  Readonly<{ context: Pick<RouteContext, 'asOf' | 'calendar' | 'dismissedAnomalies'> }>

function traceReader(ground: RulingGround): Routing['traceOf'] {
  return unit => rulingOf(unit, ground).trace
}

function rulingOf(judged: RoutedUnit, ground: RulingGround): Ruling {
  return applyRules(unitFacts(judged, ground), ground.policy)
}

function unitFacts(judged: RoutedUnit, ground: RulingGround): Facts {
  const { asOf, calendar, dismissedAnomalies } = ground.context
  const { anomalyDays } = ground.policy
  return factsOf(judged, { asOf, calendar, dismissedAnomalies, anomalyDays, account: accountOf(judged, ground) })
}

type UnitGround = Readonly<{
  facts: Facts
  account: OwnedAccount | undefined
  workspaces: readonly Readonly<{ sales_owner: string | null }>[]
}>

/**
 * What one unit is routed on.
 *
 * Source: docs/methods/route.md, "Facts".
 */
export function unitGround(judged: RoutedUnit, ground: Ground): UnitGround {
  return {
    facts: unitFacts(judged, ground),
    account: accountOf(judged, ground),
    workspaces: judged.unit.workspaceIds.flatMap(id => ground.suppression.workspaces.get(id) ?? []),
  }
}

function draftOf(judged: RoutedUnit, ground: Ground): Draft {
  const { policy, context, people, suppression } = ground
  const { unit, score } = judged
  const account = accountOf(judged, ground)
  const { destination, also, ruleId } = rulingOf(judged, ground)
  const reasons = suppressionsOf(judged, accountOwnersOf(destination, { people, account }), suppression)
  const workspaces = unit.workspaceIds.flatMap(id => suppression.workspaces.get(id) ?? [])
  const assigned = [context.assignments.get(unit.id) ?? []].flat()
  const suppressedBy = reasons.filter(reason =>
    [destination, ...also].some(channel => reasonsAgainst([reason], channel).length > 0),
  )
  return {
    verdict: { unitId: unit.id, destination, also, ruleId, play: playOf(destination, judged), suppressedBy },
    ownership: ownershipOf(destination, assigned, { policy, people, account, workspaces }),
    score: score.score,
  }
}

function claimOf({ verdict, ownership, score }: Draft): readonly Claim[] {
  const isStopped = reasonsAgainst(verdict.suppressedBy, verdict.destination).length > 0
  if (ownership.pool === null || isStopped) return []
  return [{ unitId: verdict.unitId, score, pool: ownership.pool }]
}

/** @param shared owner from the pool; null: no room left; undefined: no pool was asked */
function verdictOf({ verdict, ownership }: Draft, shared: string | null | undefined): RouteVerdict {
  const { unitId, destination, also, ruleId, play, suppressedBy } = verdict
  return {
    unitId,
    destination,
    also,
    ruleId,
    play,
    ownerTeam: ownership.team,
    owner: ownership.owner ?? shared ?? null,
    ownerFrom: ownership.from ?? (typeof shared === 'string' ? 'pool' : null),
    isOverCapacity: shared === null,
    suppressedBy,
  }
}

/** What a success manager does: a renewal in danger comes first, then saving, then growing. */
function playOf(destination: Destination, { findings }: RoutedUnit): RouteDecision['play'] {
  if (destination !== 'csm') return null
  if (findings.health.hasRenewalRisk) return 'renew'
  return findings.health.state === 'at_risk' ? 'save' : 'expand'
}
