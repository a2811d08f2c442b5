import { findAnomalies, findingReader, rosterSteps } from '#features'
import type { Steps } from '#lib/steps'
import { calendarOf } from '#lib/time'
import { frameSteps } from '#pipeline'
import { type FactContext, type Facts, factsOf } from '#route'
import type { JudgedData } from '#schema/dataset'
import type { IdentityDecision } from '#schema/identity'
import type { Unit } from '#schema/unit'
import { factKinds, type Judge, kernelColumns, RollupCollector, Simulator } from '#simulate'
import { openEventLog, type Readable, type ScoreRun } from '#store'
import { judgedTables } from '../dataset.ts'
import { identitySource } from '../identity-source.ts'
import { weighedAtHand } from '../review/desk.ts'
import { dismissedAnomalies } from '../routing-facts.ts'

type Wanted = Readonly<{
  run: ScoreRun
  base: Judge
  /** Decisions beside those that hold, later than they. */
  imagined: readonly IdentityDecision[]
}>

type Framed = Readonly<{ simulator: Simulator; units: readonly Unit[]; persons: number }>

/** Units whose findings are worked out between two halts. */
const STRETCH = 512

/**
 * All units of a run as they would be under further decisions about who is who, found by the way of a score: people, events,
 * findings.
 *
 * @returns a generator that halts now and then, and returns a simulator over those units
 */
export function* worldSteps(db: Readable, { run, base, imagined }: Wanted): Steps<Framed> {
  const { model, policy } = base
  const { asOf, level, identityMode: mode } = run
  const calendar = calendarOf(model.timeZone)
  const today = calendar.dayOf(asOf)
  const events = openEventLog(db, calendar)
  const dataset: JudgedData = { ...judgedTables(db), events }
  const roster = yield* rosterSteps(dataset, calendar, asOf)
  const source = { eventUsers: events.users, mode, lists: null, weighed: weighedAtHand(db), imagined }
  const identities = identitySource(db, source)
  const frame = yield* unnamed(frameSteps({ dataset, roster, identities, model, calendar, asOf, level }))
  const { units, index, cells } = frame
  const { bundle } = cells
  const { personOfUser, persons } = frame.identities
  const anomalies = findAnomalies({ index, units, roster, loops: bundle.loops, personOfUser, calendar })
  yield
  const findingsAt = findingReader({ bundle, index, units, model, anomalies, asOf, today })
  const context = factContextOf(dataset, {
    asOf,
    calendar,
    anomalyDays: policy.anomalyDays,
    dismissed: dismissedAnomalies(db),
  })
  const facts: Facts[] = []
  const rollups = new RollupCollector(units.length)
  for (const [u, unit] of units.entries()) {
    if (u % STRETCH === 0) yield
    const findings = findingsAt(unit, u)
    facts.push(factsOf({ unit, findings, score: UNSCORED }, context(unit)))
    rollups.add(u, findings.rollups)
  }
  const columns = kernelColumns(bundle.cells, units)
  const kinds = factKinds(facts, policy)
  const simulator = new Simulator({ columns, facts: kinds, rollups: rollups.taken(), base, today })
  return { simulator, units, persons: persons.length }
}

/** Facts of the score are not read: the simulator has its own. */
const UNSCORED = { score: 0, stage: 'Not PQL' } as const

function* unnamed<T>(steps: Steps<T, unknown>): Steps<T> {
  for (;;) {
    const next = steps.next()
    if (next.done === true) return next.value
    yield
  }
}

type Shared = Pick<FactContext, 'asOf' | 'calendar' | 'anomalyDays'> & Readonly<{ dismissed: ReadonlySet<string> }>

/** What the facts of a unit need beside it. */
export function factContextOf(
  { accounts }: Pick<JudgedData, 'accounts'>,
  { dismissed, ...shared }: Shared,
): (unit: Pick<Unit, 'accountId'>) => FactContext {
  const employees = new Map([...accounts].map(row => [row.account_id, { employee_count: row.employee_count }]))
  return ({ accountId }) => ({
    ...shared,
    dismissedAnomalies: dismissed,
    account: accountId === null ? undefined : employees.get(accountId),
  })
}
