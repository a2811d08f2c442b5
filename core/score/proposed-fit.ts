import { clamp } from '#lib/num'
import type { FitRule, ScoringModel } from '#schema/model'
import type { Row } from '#schema/tables'
import { fitOf } from './fit.ts'

/** Tiers that are within the ideal customer profile. */
export const ICP_TIERS: readonly string[] = ['A', 'B']

/** What is known of a company that has no account yet. */
export type ProposedAccount = Readonly<{
  /** An account as far as it is known; null is unknown. */
  known: Row<'accounts'>
  /** Fewest employees it can have: as many as its people that were seen. */
  atLeast: number
}>

/** How a company stands with the ICP rules, whatever its unknown fields turn out to be. */
export type ProposedFit = Readonly<{
  /** `passes`: of an ICP tier in any case; `fails`: of none in any case; `open`: what is unknown decides; `no_rules`. */
  verdict: 'passes' | 'fails' | 'open' | 'no_rules'
  /** Lowest and highest score that the unknown fields leave, 0..100. */
  low: number
  high: number
  /** Fields that rules read and that nothing is known of, in the order of the rules, each once. */
  unknown: readonly string[]
}>

/**
 * The ICP check of a company that has no account yet, over what is known of it.
 *
 *   low  = clamp(sum of the points of known rules that hold + negative points of unknown rules, 0, 100)
 *   high = clamp(sum of the points of known rules that hold + positive points of unknown rules, 0, 100)
 *
 * A rule is known where its field is, or, of `employee_count`, where the people that were seen decide it (`>= 50` with 62 of them).
 *
 * @param account known fields; unknown ones are null and are never taken as met or as missed
 * @param model its fit rules, and the score from which on each tier is reached
 * @returns the verdict; `no_rules` where the model has none
 *
 * Source: docs/methods/score.md, "Fit".
 */
export function proposedFit(
  { known, atLeast }: ProposedAccount,
  model: Pick<ScoringModel, 'fit' | 'buckets'>,
): ProposedFit {
  const { rules } = model.fit
  let [sum, lost, won] = [0, 0, 0]
  const unknown = new Set<string>()
  for (const rule of rules) {
    const holds = holdsFor(known, rule, model) ?? holdsFromCount(rule, atLeast)
    if (holds === true) sum += rule.points
    if (holds !== null) continue
    unknown.add(rule.field)
    lost += Math.min(0, rule.points)
    won += Math.max(0, rule.points)
  }
  const [low, high] = [clamp(sum + lost, 0, 100), clamp(sum + won, 0, 100)]
  const isIcp = (score: number): boolean =>
    ICP_TIERS.includes(fitOf({ ...known, icp_fit_score: score }, model).tier ?? '')
  const verdict = rules.length === 0 ? 'no_rules' : isIcp(low) ? 'passes' : isIcp(high) ? 'open' : 'fails'
  return { verdict, low, high, unknown: [...unknown] }
}

/** Null where the field is unknown. */
function holdsFor(account: Row<'accounts'>, rule: FitRule, { buckets }: Pick<ScoringModel, 'buckets'>): boolean | null {
  const own = { ...account, icp_fit_score: null, icp_fit_tier: null }
  const { score } = fitOf(own, { buckets, fit: { rules: [{ ...rule, points: 1 }], tierFrom: {} } })
  return score === null ? null : score > 0
}

function holdsFromCount({ field, op, value }: FitRule, atLeast: number): boolean | null {
  if (field !== 'employee_count' || atLeast === 0) return null
  const wanted = Number(value)
  if (op === '>' && atLeast > wanted) return true
  if (op === '>=' && atLeast >= wanted) return true
  if (op === '<' && atLeast >= wanted) return false
  if (op === '<=' && atLeast > wanted) return false
  return null
}
