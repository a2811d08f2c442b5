import { calendarOf } from '#lib/time'
import { anomalyAges, type Facts, factsOf } from '#route'
import { dataState, decisionsInForce, listVersions, type Readable, runUnits, type ScoreRun, walkTable } from '#store'
import type { Job } from './jobs.ts'
import { modelOfRun } from './judgement.ts'

/** A unit of a run as rules see it. */
export type FactRow = Readonly<{
  unitId: string
  name: string | null
  score: number
  facts: Facts
  /** Days since each open anomaly; the fact of it depends on the policy's days. */
  anomalyAges: readonly number[]
}>

/** Units whose facts are kept beyond the call, at most: they are small, but not nothing. */
const MOST_KEPT = 200_000

const known = new WeakMap<Readable, Readonly<{ key: string; rows: readonly FactRow[] }>>()

/** Facts of all units of a run, in the order of its units; kept for the run and the data as they are. */
export async function factRows(db: Readable, run: ScoreRun, job: Job): Promise<readonly FactRow[]> {
  const key = `${run.runId} ${dataState(db)} ${listVersions(db, 'model').length}`
  const found = known.get(db)
  if (found?.key === key) return found.rows
  const rows: FactRow[] = []
  const context = factContext(db, run)
  for (const { judged } of runUnits(db, run.runId)) {
    const { unit, score, findings } = judged
    const account = unit.accountId === null ? undefined : context.accounts.get(unit.accountId)
    rows.push({
      unitId: unit.id,
      name: unit.name,
      score: score.score,
      facts: factsOf({ unit, score, findings }, { ...context, anomalyDays: 0, account }),
      anomalyAges: anomalyAges(findings.anomalies, context),
    })
    await job.breathe()
  }
  if (rows.length <= MOST_KEPT) known.set(db, { key, rows })
  return rows
}

/** Facts of a unit by a policy that holds anomalies open for so many days. */
export function factsFor({ facts, anomalyAges: ages }: FactRow, anomalyDays: number): Facts {
  return ages.some(age => age < anomalyDays) ? { ...facts, has_open_anomaly_14d: true } : facts
}

function factContext(db: Readable, run: ScoreRun) {
  const accounts = new Map<string, Readonly<{ employee_count: number | null }>>()
  for (const { account_id, employee_count } of walkTable(db, 'accounts', ['account_id', 'employee_count']))
    accounts.set(account_id, { employee_count })
  return {
    asOf: run.asOf,
    calendar: calendarOf(modelOfRun(db, run).timeZone),
    dismissedAnomalies: dismissedAnomalies(db),
    accounts,
  }
}

/** Ids of the anomalies that somebody dismissed. */
export function dismissedAnomalies(db: Readable): ReadonlySet<string> {
  const dismissed = decisionsInForce(db).filter(({ kind }) => kind === 'dismiss_anomaly')
  return new Set(dismissed.flatMap(({ subject }) => subject.map(({ key }) => key)))
}
