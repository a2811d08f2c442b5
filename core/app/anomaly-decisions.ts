import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { Anomaly } from '#schema/rollups'
import { addDecision, decisionsInForce, type Readable, type StoredDecision, transaction, type Writable } from '#store'

export type AnomalyView = Output<'anomalies.decide'>['anomaly']
type Verdict = AnomalyView['verdict']

const OBJECT = 'anomaly'
const KINDS = { dismissed: 'dismiss_anomaly', confirmed: 'confirm_anomaly' } as const

/** Anomalies with what was decided about each. */
export function anomalyViews(db: Readable, anomalies: readonly Anomaly[]): AnomalyView[] {
  const decided = new Map(decidedAnomalies(db).map(decision => [idOf(decision), decision]))
  return anomalies.map(anomaly => ({
    ...anomaly,
    unitIds: [...anomaly.unitIds],
    verdict: verdictOf(decided.get(anomaly.id)),
  }))
}

/** Keeps what was decided about one; what was decided before is taken back. */
export function decideAnomaly(db: Writable, { id, evidence }: Anomaly, verdict: Verdict, now: number): void {
  const before = decidedAnomalies(db).filter(decision => idOf(decision) === id)
  if (verdictOf(before.at(-1)) === verdict) return
  transaction(db, () => {
    for (const { decisionNo } of before)
      addDecision(db, { kind: 'undo', subject: [], payload: {}, reverts: decisionNo, decidedAt: now })
    if (verdict === null) return
    const subject = [{ source: '', object: OBJECT, key: id }]
    addDecision(db, { kind: KINDS[verdict], subject, payload: { evidence }, reverts: null, decidedAt: now })
  })
}

/** @throws AppError usage/bad-argument where the last check found no such anomaly */
export function demandAnomaly(anomalies: readonly Anomaly[], id: string): Anomaly {
  const found = anomalies.find(anomaly => anomaly.id === id)
  if (found !== undefined) return found
  throw new AppError('usage/bad-argument', `the last check of the data found no anomaly ${id}; check again`, { id })
}

function decidedAnomalies(db: Readable): readonly StoredDecision[] {
  return decisionsInForce(db).filter(({ kind }) => kind === KINDS.dismissed || kind === KINDS.confirmed)
}

const idOf = ({ subject }: StoredDecision): string => subject[0]?.key ?? ''

function verdictOf(decision: StoredDecision | undefined): Verdict {
  if (decision === undefined) return null
  return decision.kind === KINDS.dismissed ? 'dismissed' : 'confirmed'
}
