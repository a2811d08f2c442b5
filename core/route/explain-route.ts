import { type RoutingPolicy, SUPPRESSIONS, type Suppression } from '#schema/policy'
import type { RuleTrace } from '#schema/route'
import { accountOwnersOf, ownershipOf } from './ownership.ts'
import { type RouteContext, type RoutedUnit, routeGround, unitGround } from './route-units.ts'
import { applyRules, type Ruling, readRules } from './rules.ts'
import { evidenceOf, type SuppressionEvidence, stoppedBy, suppressionsOf } from './suppressions.ts'

/** A rule as it reads for one unit, whether it is reached or not. */
export type RuleReading = RuleTrace & Readonly<{ decides: boolean; isReached: boolean }>

/** A reason to leave a unit alone, whether it holds or not. */
export type SuppressionReading = Readonly<{
  reason: Suppression
  holds: boolean
  /** Channels of the unit that it stops, where it holds. */
  stops: readonly string[]
  evidence: readonly SuppressionEvidence[]
}>

/** One place where an owner may come from. */
export type OwnerStep = Readonly<{
  step: 'csm_owner' | 'current_owner' | 'sales_owner' | 'earlier_assignment' | 'pool'
  /** What stands there; null: nothing. */
  value: string | null
  isTaken: boolean
}>

/** Why a unit goes where it goes. */
export type RouteExplanation = Readonly<{
  ruling: Omit<Ruling, 'trace'>
  rules: readonly RuleReading[]
  suppressions: readonly SuppressionReading[]
  team: string | null
  owner: string | null
  steps: readonly OwnerStep[]
}>

/**
 * Why one unit goes where a policy sends it: every rule with its tests, every suppression with the records that it rests on,
 * and each place where its owner may come from. Who of a pool takes it depends on all other units and is not said here.
 *
 * @param judged the unit
 * @param policy any
 * @param context as of `routeUnits`
 *
 * Source: docs/methods/route.md, "Explanation".
 */
export function explainRoute(judged: RoutedUnit, policy: RoutingPolicy, context: RouteContext): RouteExplanation {
  const ground = routeGround(policy, context)
  const { facts, account, workspaces } = unitGround(judged, ground)
  const { trace: _, ...ruling } = applyRules(facts, policy)
  const place = policy.rules.findIndex(({ id }) => id === ruling.ruleId)
  const channels = [ruling.destination, ...ruling.also]
  const owners = accountOwnersOf(ruling.destination, { people: ground.people, account })
  const reasons = suppressionsOf(judged, owners, ground.suppression)
  const assigned = [context.assignments.get(judged.unit.id) ?? []].flat()
  const { team, owner, from } = ownershipOf(ruling.destination, assigned, {
    policy,
    people: ground.people,
    account,
    workspaces,
  })
  const named = (text: string | null | undefined): string | null => ground.people.named(text ?? null)
  const sales = workspaces.map(({ sales_owner }) => named(sales_owner)).find(value => value !== null) ?? null
  const places: readonly (readonly [OwnerStep['step'], string | null])[] = [
    ...(ruling.destination === 'csm' || ruling.destination === 'customer'
      ? [['csm_owner', named(account?.csm_owner)] as const]
      : []),
    ['current_owner', named(account?.current_owner)],
    ['sales_owner', sales],
    ['earlier_assignment', from === 'earlier_run' ? owner : (assigned[0]?.owner ?? null)],
    ['pool', owner === null ? team : null],
  ]
  const taken = ruling.destination === 'none' ? -1 : takenPlace(places, { owner, from })
  return {
    ruling,
    rules: readRules(facts, policy).map((rule, r) => ({ ...rule, decides: r === place, isReached: r <= place })),
    suppressions: SUPPRESSIONS.map(reason => ({
      reason,
      holds: reasons.includes(reason),
      stops: reasons.includes(reason)
        ? channels.filter(channel => stoppedBy(reason).some(stopped => stopped === channel))
        : [],
      evidence: reasons.includes(reason) ? evidenceOf(reason, judged, owners, ground.suppression) : [],
    })),
    team,
    owner,
    steps: places.map(([step, value], i) => ({ step, value, isTaken: i === taken })),
  }
}

type Taken = Readonly<{ owner: string | null; from: 'crm' | 'earlier_run' | null }>

function takenPlace(places: readonly (readonly [OwnerStep['step'], string | null])[], { owner, from }: Taken): number {
  if (from === 'earlier_run') return places.findIndex(([step]) => step === 'earlier_assignment')
  if (owner === null) return places.findIndex(([step, value]) => step === 'pool' && value !== null)
  return places.findIndex(([, value]) => value === owner)
}
