import type { HealthReport } from '#schema/data-health'
import { type Readable, statement, transaction, type Writable } from './connection.ts'

/** The newest check of the data, and when it was made, ms since epoch. */
export type StoredHealthReport = Readonly<{ report: HealthReport; createdAt: number }>

const SAVE = `
  INSERT INTO health_report (id, content, created_at) VALUES (1, ?, ?)
  ON CONFLICT (id) DO UPDATE SET content = excluded.content, created_at = excluded.created_at`
const READ = 'SELECT content, created_at AS createdAt FROM health_report WHERE id = 1'

/** Keeps a report instead of the one before. */
export function saveHealthReport(db: Writable, { report, createdAt }: StoredHealthReport): void {
  transaction(db, () => statement(db, SAVE).run(JSON.stringify(report), createdAt))
}

/** The report that is kept; null before the first. */
export function readHealthReport(db: Readable): StoredHealthReport | null {
  const found = statement<{ content: string; createdAt: number }>(db, READ).get()
  if (found === undefined) return null
  return { report: JSON.parse(found.content) as HealthReport, createdAt: found.createdAt } // written by saveHealthReport
}
