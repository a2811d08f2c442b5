import type { Output } from '#contract/contract'
import { finish } from '#lib/steps'
import { calendarOf } from '#lib/time'
import { explainRoute, type RouteExplanation } from '#route'
import { JUDGED_COLUMNS } from '#schema/dataset'
import type { RoutingPolicy } from '#schema/policy'
import { type Readable, type RunUnit, readRecord, type ScoreRun, walkTable } from '#store'
import { linksOfRun } from './contact-links.ts'
import { judgedTables } from './dataset.ts'
import { modelOfRun } from './judgement.ts'
import { lastingAssignmentsOf } from './lasting-owners.ts'
import { dismissedAnomalies } from './routing-facts.ts'
import { SUPPRESSION_WORDS } from './routing-words.ts'
import { ruleView } from './rule-view.ts'

type Explained = Output<'routing.explain'>
type Step = Explained['owner']['steps'][number]

const STEP_WORDS: Readonly<Record<Step['step'], string>> = {
  csm_owner: 'Success manager of the account',
  current_owner: 'Owner of the account',
  sales_owner: 'Sales owner of the workspace',
  earlier_assignment: 'Assigned earlier',
  pool: 'Pool',
}

/** Why a unit of a run goes where a policy sends it. */
export function explainedUnit(db: Readable, run: ScoreRun, unit: RunUnit, policy: RoutingPolicy): Explained {
  const { judged, route } = unit
  const explained = explainRoute(judged, policy, {
    dataset: {
      ...judgedTables(db),
      deals: walkTable(db, 'deals', [...JUDGED_COLUMNS.deals, 'deal_id', 'stage']),
    },
    asOf: run.asOf,
    calendar: calendarOf(modelOfRun(db, run).timeZone),
    assignments: lastingAssignmentsOf(db, run.level),
    dismissedAnomalies: dismissedAnomalies(db),
    contactLinks: finish(linksOfRun(db, run)),
  })
  const { destination, also, ruleId } = explained.ruling
  return {
    unit: {
      unitId: judged.unit.id,
      unitName: judged.unit.name,
      score: judged.score.score,
      stage: judged.score.stage,
      accountName: unit.accountName,
    },
    destination,
    also: [...also],
    ruleId,
    rules: explained.rules.map(rule => ({
      ...ruleView(rule, policy),
      decides: rule.decides,
      isReached: rule.isReached,
      destination: policy.rules.find(({ id }) => id === rule.ruleId)?.destination ?? 'none',
    })),
    suppressions: explained.suppressions.map(({ reason, holds, stops, evidence }) => ({
      reason,
      title: SUPPRESSION_WORDS[reason],
      holds,
      stops: [...stops],
      evidence: [...evidence],
    })),
    owner: ownerView(db, explained, route),
  }
}

/** Who of a pool takes a unit depends on all others: the scores know it where they went by the same team. */
function ownerView(
  db: Readable,
  { team, owner, steps }: RouteExplanation,
  route: RunUnit['route'],
): Explained['owner'] {
  const isPooled = steps.some(({ step, isTaken }) => step === 'pool' && isTaken)
  const given = isPooled && route.ownerTeam === team ? route.owner : null
  const taken = owner ?? given
  return {
    team,
    owner: taken,
    ownerName: taken === null ? null : nameOf(db, taken),
    isOverCapacity: isPooled && route.ownerTeam === team && route.isOverCapacity,
    steps: steps.map(({ step, value, isTaken }) => ({ step, isTaken, text: stepText(db, { step, value, given }) })),
  }
}

function stepText(
  db: Readable,
  { step, value, given }: Readonly<{ step: Step['step']; value: string | null; given: string | null }>,
): string {
  const words = STEP_WORDS[step]
  if (step !== 'pool') return `${words}: ${value === null ? 'nobody' : (nameOf(db, value) ?? value)}`
  if (value === null) return `${words}: not asked`
  return given === null
    ? `${words} of ${value}`
    : `${words} of ${value}: ${nameOf(db, given) ?? given} in the newest scores`
}

function nameOf(db: Readable, owner: string): string | null {
  const fields = readRecord(db, 'crm_users', [owner])?.fields ?? []
  const value = (column: string): string | null => fields.find(({ name }) => name === column)?.value ?? null
  return value('name') ?? value('email')
}
