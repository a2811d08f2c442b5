import type { Output } from '#contract/contract'
import { compareCodePoints } from '#lib/text'
import { calendarOf } from '#lib/time'
import type { Anomaly } from '#schema/rollups'
import { type Readable, type ScoreRun, scoreRows, unitNumbers } from '#store'
import { anomalyViews } from './anomaly-decisions.ts'
import { modelOfRun, policyInForce } from './judgement.ts'

type Shown = Output<'routing.anomalies'>
type UnitRef = Shown['anomalies'][number]['units'][number]

const MOST_SHOWN = 500
/** Workspaces named per anomaly: bots sign up everywhere at once. */
const MOST_UNITS = 20

/** Anomalies that lie in units of a run, newest first, and whether routing still waits for somebody to look at them. */
export function routedAnomalies(db: Readable, run: ScoreRun): Shown {
  const found = run.anomalies.filter(({ unitIds }) => unitIds.length > 0)
  const newest = found.toSorted((a, b) => b.lastAt - a.lastAt || compareCodePoints(a.id, b.id)).slice(0, MOST_SHOWN)
  const { dayOf } = calendarOf(modelOfRun(db, run).timeZone)
  const { anomalyDays } = policyInForce(db).policy
  return {
    anomalyDays,
    total: found.length,
    anomalies: anomalyViews(db, newest).map(view => {
      const ageDays = Math.max(0, dayOf(run.asOf) - dayOf(view.lastAt))
      const isOpen = ageDays < anomalyDays && view.verdict !== 'dismissed'
      return { ...view, ageDays, isOpen, units: refsOf(db, run, view.unitIds), unitsTotal: view.unitIds.length }
    }),
  }
}

/** One anomaly of a run; null where it has none of that id. */
export function anomalyOfRun(run: ScoreRun, id: string): Anomaly | null {
  return run.anomalies.find(anomaly => anomaly.id === id) ?? null
}

function refsOf(db: Readable, { runId }: ScoreRun, unitIds: readonly string[]): UnitRef[] {
  const numbers = unitNumbers(db, runId, unitIds.slice(0, MOST_UNITS))
  return scoreRows(db, runId, [...numbers.values()]).map(({ unitId, unitName, score, destination }) => ({
    unitId,
    unitName,
    score,
    destination,
  }))
}
