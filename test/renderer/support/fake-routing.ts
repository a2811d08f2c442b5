import type { Client, Input, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { checkPolicy, DEFAULT_POLICY, type Facts, testHolds } from '#route'
import {
  FACT_KINDS,
  FACTS,
  type RoutingPolicy,
  type Rule,
  routingPolicy,
  SUPPRESSIONS,
  type Test,
} from '#schema/policy'
import { AS_OF } from './fake-row.ts'

type Row = Output<'score.unit'>['row']
type Check = Output<'routing.check'>
type Names = 'policy' | 'check' | 'save' | 'versions' | 'version' | 'revert' | 'explain'
type Version = Readonly<{ hash: string; policy: RoutingPolicy; savedAt: number | null }>

const TITLES: Readonly<Record<string, string>> = { score: 'Score', fit_tier: 'Fit tier', is_paid: 'Has a paid plan' }

const hashOf = (policy: RoutingPolicy): string =>
  [...JSON.stringify(policy)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7).toString(16)

/** Rules that are tried on the fake workspaces as the engine would, with versions that are kept. */
export function routingHandlers(rows: readonly Row[]): Pick<Client, `routing.${Names}`> {
  const builtIn: Version = { hash: hashOf(DEFAULT_POLICY), policy: DEFAULT_POLICY, savedAt: null }
  const versions = [builtIn]
  let inForce = builtIn
  const demand = (hash: string): Version => {
    const version = versions.find(known => known.hash === hash)
    if (version === undefined) throw new AppError('usage/bad-argument', `no version ${hash}`)
    return version
  }
  const bring = (version: Version, expectedHash: string): void => {
    if (expectedHash !== inForce.hash) throw new AppError('usage/overtaken', 'the rules were changed meanwhile')
    inForce = version
  }
  return {
    'routing.policy': async () => ({
      policy: inForce.policy,
      hash: inForce.hash,
      isDefault: inForce === builtIn,
      facts: FACTS.map(fact => ({
        fact,
        title: TITLES[fact] ?? fact.replaceAll('_', ' '),
        kind: FACT_KINDS[fact].kind,
        choices: [...FACT_KINDS[fact].choices],
      })),
      suppressions: SUPPRESSIONS.map(reason => ({ reason, title: reason.replaceAll('_', ' '), stops: ['sdr'] })),
    }),
    'routing.check': async ({ json }) => checkOf(rows, json, inForce),
    'routing.save': async ({ json, expectedHash }) => {
      const policy = routingPolicy.parse(JSON.parse(json))
      const version = { hash: hashOf(policy), policy, savedAt: AS_OF }
      bring(version, expectedHash)
      versions.unshift(version)
      return { hash: version.hash, name: policy.name, isNew: true }
    },
    'routing.versions': async () => ({
      versions: versions.map(({ hash, policy, savedAt }) => ({
        hash,
        name: policy.name,
        version: policy.version,
        rules: policy.rules.length,
        savedAt,
        isInForce: hash === inForce.hash,
        isDefault: savedAt === null,
      })),
    }),
    'routing.version': async ({ hash }) => ({ policy: demand(hash).policy, hash }),
    'routing.revert': async ({ hash, expectedHash }) => {
      const version = demand(hash)
      bring(version, expectedHash)
      return { hash, name: version.policy.name }
    },
    'routing.explain': async input => explained(rows, input, inForce.policy),
  }
}

function factsOf(row: Row): Facts {
  return {
    score: row.score,
    stage: row.stage,
    fit_tier: row.unitNo % 3 === 0 ? 'A' : null,
    is_paid: row.isPaid,
    is_on_trial: !row.isPaid,
    is_deleted: false,
    is_sandbox: false,
    has_open_anomaly_14d: row.unitNo % 53 === 0,
    is_expansion: row.health === 'growing',
    is_at_risk: row.health === 'at_risk',
    has_renewal_risk: false,
    is_active_now: row.unitNo % 5 === 0,
    has_high_intent_30d: row.unitNo % 2 === 0,
    has_pricing_or_upgrade_14d: false,
    has_admin: true,
    seat_growth_30d: 0,
    employee_count: null,
    next_action_channel: 'in_app',
  }
}

const refOf = ({ unitId, unitName, score }: Row): Check['rules'][number]['examples'][number] => ({
  unitId,
  unitName,
  score,
})

function checkOf(rows: readonly Row[], json: string, inForce: Version): Check {
  const parsed = routingPolicy.safeParse(JSON.parse(json))
  if (!parsed.success)
    return {
      issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
      units: 0,
      isSame: false,
      rules: [],
      gaps: { units: 0, share: 0, bands: [] },
      moved: { units: 0, flows: [] },
      destinations: {},
    }
  const policy = parsed.data
  const at = (place: number): Check['rules'][number]['examples'][number] => refOf(rows[place] as Row)
  const reach = checkPolicy(
    rows.map(row => ({ facts: factsOf(row), score: row.score })),
    policy,
    inForce.policy,
  )
  const share = <T extends Readonly<{ units: number; example: number }>>({ example, ...rest }: T) => ({
    ...rest,
    example: at(example),
  })
  const gaps = reach.gaps.reduce((sum, { units }) => sum + units, 0)
  return {
    issues: [],
    units: rows.length,
    isSame: hashOf(policy) === inForce.hash,
    rules: reach.rules.map((rule, position) => ({
      ruleId: rule.ruleId,
      title: policy.rules[position]?.title ?? '',
      position,
      destination: policy.rules[position]?.destination ?? 'none',
      decides: rule.decides,
      decidesInForce: inForce.policy.rules.some(({ id }) => id === rule.ruleId)
        ? (reach.decidesBefore.get(rule.ruleId) ?? 0)
        : null,
      holdsFor: rule.holdsFor,
      isDefault: position === policy.rules.length - 1,
      shadowedBy: [...rule.shadowedBy],
      shadowExample: rule.shadowedBy.length === 0 ? null : (rule.takenBy.map(taken => at(taken.example))[0] ?? null),
      takenBy: rule.takenBy.map(share),
      examples: rule.examples.map(at),
    })),
    gaps: { units: gaps, share: gaps / rows.length, bands: reach.gaps.map(share) },
    moved: {
      units: reach.moved.reduce((sum, { units }) => sum + units, 0),
      flows: reach.moved.map(({ listed, ...flow }) => ({ ...share(flow), listed: listed.map(at) })),
    },
    destinations: { ...reach.destinations },
  }
}

function explained(
  rows: readonly Row[],
  { unitId, json }: Input<'routing.explain'>,
  inForce: RoutingPolicy,
): Output<'routing.explain'> {
  const row = rows.find(known => known.unitId === unitId)
  if (row === undefined) throw new AppError('score/unknown-unit', `no workspace ${unitId} in the newest scores`)
  const policy = json === undefined ? inForce : routingPolicy.parse(JSON.parse(json))
  const facts = factsOf(row)
  const told = (test: Test) => ({
    sentence: `${test.fact} ${test.op} ${test.value}`,
    value: String(facts[test.fact]),
    holds: testHolds(test, facts[test.fact]),
  })
  const isMet = (test: Test): boolean => testHolds(test, facts[test.fact])
  const holdsNow = ({ all, any }: Rule): boolean => all.every(isMet) && (any.length === 0 || any.some(isMet))
  const first = policy.rules.findIndex(holdsNow)
  return {
    unit: { ...refOf(row), stage: row.stage, accountName: row.accountName },
    destination: policy.rules[first]?.destination ?? 'none',
    also: [],
    ruleId: policy.rules[first]?.id ?? '',
    rules: policy.rules.map((rule, place) => ({
      ruleId: rule.id,
      title: rule.title,
      holds: holdsNow(rule),
      decides: place === first,
      isReached: place <= first,
      destination: rule.destination,
      all: rule.all.map(told),
      any: rule.any.map(told),
      channels: rule.also.map(({ channel, all }) => ({
        use: 'also' as const,
        channel,
        holds: all.every(isMet),
        all: all.map(told),
      })),
    })),
    suppressions: SUPPRESSIONS.map(reason => ({
      reason,
      title: reason.replaceAll('_', ' '),
      holds: reason === 'open_deal',
      stops: reason === 'open_deal' ? ['sdr'] : [],
      evidence: reason === 'open_deal' ? [{ table: 'deals', key: 'd_17', text: 'Deal Tarnbrook upgrade is open' }] : [],
    })),
    owner: {
      team: 'SDR',
      owner: 'owner_1',
      ownerName: 'Dana Whitfield',
      isOverCapacity: false,
      steps: [
        { step: 'current_owner', text: 'none', isTaken: false },
        { step: 'pool', text: 'SDR', isTaken: true },
      ],
    },
  }
}
