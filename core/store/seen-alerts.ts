import { type Readable, statement, transaction, type Writable } from './connection.ts'

const SAVE = 'INSERT INTO seen_alert (alert_id, seen_at) VALUES (:alertId, :seenAt) ON CONFLICT (alert_id) DO NOTHING'
const FORGET = 'DELETE FROM seen_alert WHERE alert_id = ?'
const LIST = 'SELECT alert_id AS alertId, seen_at AS seenAt FROM seen_alert'

/** When each alert that somebody saw was seen, ms since epoch, by its id. */
export function seenAlerts(db: Readable): ReadonlyMap<string, number> {
  const rows = statement<Readonly<{ alertId: string; seenAt: number }>>(db, LIST).all()
  return new Map(rows.map(({ alertId, seenAt }) => [alertId, seenAt]))
}

/** Keeps that alerts were seen; one that was seen before keeps its time. */
export function saveSeen(db: Writable, alertIds: readonly string[], seenAt: number): void {
  transaction(db, () => {
    for (const alertId of alertIds) statement(db, SAVE).run({ alertId, seenAt })
  })
}

/** Takes back that alerts were seen. */
export function forgetSeen(db: Writable, alertIds: readonly string[]): void {
  transaction(db, () => {
    for (const alertId of alertIds) statement(db, FORGET).run(alertId)
  })
}
