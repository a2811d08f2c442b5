import { clamp } from '#lib/num'
import type { FitRule, ScoringModel } from '#schema/model'
import type { Row } from '#schema/tables'
import type { Fit } from '#schema/unit'

type FitModel = Pick<ScoringModel, 'fit' | 'buckets'>
type FieldValue = string | number | boolean | readonly string[] | null

/**
 * Fit of an account.
 *
 *   points = clamp(icp_fit_score, 0, 100) / 10, where the account has one
 *          | points of icp_fit_tier, where it has one (0 for a tier the model does not list)
 *          | clamp(sum of the points of fit rules that hold, 0, 100) / 10, where a rule's field is known
 *          | 0, unknown
 *   limited to the maximum of the fit bucket; tier = the given one, else the highest whose `tierFrom` the score reaches
 *
 * @param account the unit's account; null where it has none
 * @returns points, with where they come from
 *
 * Source: docs/methods/score.md, "Fit".
 */
export function fitOf(account: Row<'accounts'> | null, model: FitModel): Fit {
  const givenTier = account?.icp_fit_tier?.trim() || null
  const givenScore = account?.icp_fit_score ?? null
  if (givenScore !== null) return fromScore(givenScore, 'given score', givenTier, model)
  if (givenTier !== null) {
    return { points: fitPoints(null, givenTier, model), score: null, tier: givenTier, source: 'given tier' }
  }
  const computed = account === null ? null : ruleScore(account, model.fit.rules)
  if (computed !== null) return fromScore(computed, 'rules', null, model)
  return { points: 0, score: null, tier: null, source: 'unknown' }
}

/**
 * Points of a fit that was found before, by another model's maximum and tiers: the same as `fitOf` gives for it.
 *
 * @param score null where none was given or computed
 * @param tier  read where there is no score
 *
 * Source: docs/methods/score.md, "Fit".
 */
export function fitPoints(score: number | null, tier: string | null, model: Pick<FitModel, 'buckets'>): number {
  if (score !== null) return limited(score / 10, model)
  return tier === null ? 0 : limited(tierPoints(tier, model), model)
}

function fromScore(raw: number, source: Fit['source'], givenTier: string | null, model: FitModel): Fit {
  const score = clamp(raw, 0, 100)
  return { points: fitPoints(score, null, model), score, tier: givenTier ?? tierOf(score, model), source }
}

const limited = (points: number, model: Pick<FitModel, 'buckets'>): number =>
  clamp(points, undefined, model.buckets.fit.max)

function tierPoints(tier: string, model: Pick<FitModel, 'buckets'>): number {
  const { tiers } = model.buckets.fit
  const name = Object.keys(tiers).find(key => key.toLowerCase() === tier.toLowerCase())
  return name === undefined ? 0 : (tiers[name] ?? 0)
}

function tierOf(score: number, { fit }: FitModel): string | null {
  const reached = Object.entries(fit.tierFrom).filter(([, from]) => score >= from)
  reached.sort(([a, fromA], [b, fromB]) => fromB - fromA || (a < b ? -1 : 1))
  return reached[0]?.[0] ?? null
}

/** Sum of the rules that hold; null where no rule's field is known. */
function ruleScore(account: Row<'accounts'>, rules: readonly FitRule[]): number | null {
  const known = rules.filter(rule => fieldOf(account, rule.field) !== null)
  if (known.length === 0) return null
  let total = 0
  for (const rule of known) if (ruleHolds(fieldOf(account, rule.field), rule)) total += rule.points
  return clamp(total, 0, 100)
}

function fieldOf(account: Row<'accounts'>, field: string): FieldValue {
  const value = Object.hasOwn(account, field) ? account[field as keyof Row<'accounts'>] : null
  return value === '' || (Array.isArray(value) && value.length === 0) ? null : value
}

/** Texts are compared without case and outer blanks; a list meets a test where one of its members does. */
function ruleHolds(value: FieldValue, { op, value: wanted }: FitRule): boolean {
  if (op === 'known') return true
  const values = Array.isArray(value) ? value : [value]
  const wantedList = Array.isArray(wanted) ? wanted : [wanted]
  if (op === '!=') return !values.some(one => wantedList.some(other => isEqual(one, other)))
  if (op === '=' || op === 'in') return values.some(one => wantedList.some(other => isEqual(one, other)))
  if (op === 'contains') {
    return values.some(one =>
      wantedList.some(other => (Array.isArray(value) ? isEqual(one, other) : textOf(one).includes(textOf(other)))),
    )
  }
  return values.some(one => compares(Number(one), op, Number(wanted)))
}

const textOf = (value: unknown): string => String(value).trim().toLowerCase()

function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) === Number(b)
  return textOf(a) === textOf(b)
}

function compares(a: number, op: FitRule['op'], b: number): boolean {
  if (op === '>') return a > b
  if (op === '>=') return a >= b
  return op === '<' ? a < b : a <= b
}
