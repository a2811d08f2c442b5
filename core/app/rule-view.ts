import type { Output } from '#contract/contract'
import type { FactName, FactValue, RoutingPolicy, Test } from '#schema/policy'
import type { RuleTrace, TestTrace } from '#schema/route'

/** What a rule tests, in words; facts that are yes or no are whole statements. */
export const FACT_WORDS: Readonly<Record<FactName, string>> = {
  score: 'Score',
  stage: 'Stage',
  fit_tier: 'Fit tier',
  is_paid: 'Has a paid plan',
  is_on_trial: 'Is on trial',
  is_deleted: 'Was deleted',
  is_sandbox: 'Is a sandbox or development workspace',
  has_open_anomaly_14d: 'Has an open anomaly of the last 14 days',
  is_expansion: 'Shows expansion',
  is_at_risk: 'Is at risk',
  has_renewal_risk: 'Renewal is at risk',
  is_active_now: 'Active within the last 24 hours',
  has_high_intent_30d: 'High-intent event in the last 30 days',
  has_pricing_or_upgrade_14d: 'Pricing or upgrade intent in the last 14 days',
  has_admin: 'Has an admin',
  seat_growth_30d: 'Seat growth in 30 days',
  employee_count: 'Employees',
  next_action_channel: 'Channel of the next best action',
}

type RuleView = Output<'score.unit'>['trace'][number]

/** One rule of a trace with its tests as sentences and the value that met or failed each. */
export function ruleView({ ruleId, holds, all, any, channels }: RuleTrace, policy: RoutingPolicy): RuleView {
  const title = policy.rules.find(({ id }) => id === ruleId)?.title ?? ruleId
  return {
    ruleId,
    title,
    holds,
    all: all.map(testView),
    any: any.map(testView),
    channels: (channels ?? []).map(({ use, channel, holds: met, all: tests }) => ({
      use,
      channel,
      holds: met,
      all: tests.map(testView),
    })),
  }
}

function testView({ test, value, holds }: TestTrace): RuleView['all'][number] {
  return { sentence: testSentence(test), value: valueText(value), holds }
}

function testSentence({ fact, op, value }: Test): string {
  const name = FACT_WORDS[fact]
  if (value === true) return name
  if (value === false) return `Not: ${name.charAt(0).toLowerCase()}${name.slice(1)}`
  const wanted = Array.isArray(value) ? value.join(' or ') : String(value)
  const relation = { '=': 'is', in: 'is', '>=': 'at least', '>': 'above', '<': 'below', '<=': 'at most' }[op]
  return `${name} ${relation} ${wanted}`
}

function valueText(value: FactValue): string {
  if (value === null) return 'unknown'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}
