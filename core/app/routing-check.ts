import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { policyHash } from '#pipeline'
import { checkPolicy, parsePolicy, type Share } from '#route'
import { type RoutingPolicy, routingPolicy } from '#schema/policy'
import type { ScoreRun, Writable } from '#store'
import type { Job } from './jobs.ts'
import { policyInForce } from './judgement.ts'
import { type FactRow, factRows, factsFor } from './routing-facts.ts'

type Check = Output<'routing.check'>
type UnitRef = Check['rules'][number]['examples'][number]

const NOTHING: Omit<Check, 'issues'> = {
  units: 0,
  isSame: false,
  rules: [],
  gaps: { units: 0, share: 0, bands: [] },
  moved: { units: 0, flows: [] },
  destinations: {},
}

/** What a draft would do with the units of a run; where it is no policy, what is wrong with it. */
export async function checkDraft(
  db: Writable,
  run: ScoreRun,
  { json, job }: Readonly<{ json: string; job: Job }>,
): Promise<Check> {
  const issues = issuesOf(json)
  if (issues.length > 0) return { ...NOTHING, issues: [...issues] }
  const policy = parsePolicy(JSON.parse(json))
  const inForce = policyInForce(db)
  const rows = await factRows(db, run, job)
  const tried = rows.map(row => ({ facts: factsFor(row, policy.anomalyDays), score: row.score }))
  const reach = checkPolicy(tried, policy, inForce.policy)
  const at = shareReader(rows)
  const gapUnits = reach.gaps.reduce((sum, { units }) => sum + units, 0)
  return {
    issues: [],
    units: rows.length,
    isSame: policyHash(policy) === inForce.hash,
    rules: reach.rules.map((rule, position) => ({
      ...headOf(policy, position),
      decides: rule.decides,
      decidesInForce: inForce.policy.rules.some(({ id }) => id === rule.ruleId)
        ? (reach.decidesBefore.get(rule.ruleId) ?? 0)
        : null,
      holdsFor: rule.holdsFor,
      shadowedBy: [...rule.shadowedBy],
      shadowExample: rule.shadowedBy.length === 0 ? null : (rule.takenBy.map(taken => at(taken).example)[0] ?? null),
      takenBy: rule.takenBy.map(taken => ({ ruleId: taken.ruleId, ...at(taken) })),
      examples: rule.examples.map(example => refOf(rows[example])),
    })),
    gaps: {
      units: gapUnits,
      share: rows.length === 0 ? 0 : gapUnits / rows.length,
      bands: reach.gaps.map(({ from, to, ...rest }) => ({ from, to, ...at(rest) })),
    },
    moved: {
      units: reach.moved.reduce((sum, { units }) => sum + units, 0),
      flows: reach.moved.map(({ from, to, listed, ...rest }) => ({
        from,
        to,
        ...at(rest),
        listed: listed.map(unit => refOf(rows[unit])),
      })),
    },
    destinations: { ...reach.destinations },
  }
}

function headOf({ rules }: RoutingPolicy, position: number) {
  const rule = rules[position]
  return {
    ruleId: rule?.id ?? '',
    title: rule?.title ?? '',
    position,
    destination: rule?.destination ?? ('none' as const),
    isDefault: position === rules.length - 1,
  }
}

function shareReader(rows: readonly FactRow[]): (share: Share) => { units: number; example: UnitRef } {
  return ({ units, example }) => ({ units, example: refOf(rows[example]) })
}

function refOf(row: FactRow | undefined): UnitRef {
  return { unitId: row?.unitId ?? '', unitName: row?.name ?? null, score: row?.score ?? 0 }
}

/** All that is wrong with a draft, by place. */
function issuesOf(json: string): readonly Check['issues'][number][] {
  let document: unknown
  try {
    document = JSON.parse(json)
  } catch (cause) {
    return [{ path: '', message: `this is not JSON: ${(cause as Error).message}` }] // JSON.parse throws Errors
  }
  const result = routingPolicy.safeParse(document)
  return result.success ? [] : result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
}

/** The policy of a draft. @throws AppError usage/bad-policy */
export function policyOfText(json: string): RoutingPolicy {
  const [issue] = issuesOf(json)
  if (issue === undefined) return parsePolicy(JSON.parse(json))
  const place = issue.path === '' ? 'the routing policy' : `the routing policy at ${issue.path}`
  throw new AppError('usage/bad-policy', `${place}: ${issue.message}`, { path: issue.path })
}
