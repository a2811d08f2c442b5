import { AppError } from '#lib/errors'
import { guarded, type Readable, transaction, type Writable } from './connection.ts'
import { up as imports } from './migrations/0001-imports.ts'
import { up as runs } from './migrations/0002-runs.ts'
import { up as cellKinds } from './migrations/0003-cell-kinds.ts'
import { up as importMappings } from './migrations/0004-import-mappings.ts'
import { up as healthReport } from './migrations/0005-health-report.ts'
import { up as runStates } from './migrations/0006-run-states.ts'
import { up as importBatches } from './migrations/0007-import-batches.ts'
import { up as heldFixes } from './migrations/0008-held-fixes.ts'
import { up as recordState } from './migrations/0009-record-state.ts'
import { up as documents } from './migrations/0010-documents.ts'
import { up as deliveries } from './migrations/0011-deliveries.ts'
import { up as identityLabels } from './migrations/0012-identity-labels.ts'
import { up as seenAlerts } from './migrations/0013-seen-alerts.ts'
import { up as formerPersons } from './migrations/0014-former-persons.ts'
import { up as weighedPairs } from './migrations/0015-weighed-pairs.ts'
import { up as skippedRecords } from './migrations/0016-skipped-records.ts'
import { up as accountBillingContact } from './migrations/0017-account-billing-contact.ts'
import { up as supersededHeld } from './migrations/0018-superseded-held.ts'

/** Position = version. Append only: a released migration is never edited, reordered or removed. */
export const MIGRATIONS: readonly string[] = [
  imports,
  runs,
  cellKinds,
  importMappings,
  healthReport,
  runStates,
  importBatches,
  heldFixes,
  recordState,
  documents,
  deliveries,
  identityLabels,
  seenAlerts,
  formerPersons,
  weighedPairs,
  skippedRecords,
  accountBillingContact,
  supersededHeld,
]

/** Brings the file to `target`, one transaction per step; `PRAGMA user_version` is the truth. Returns the steps run. */
export function migrate(db: Writable, target?: number, migrations: readonly string[] = MIGRATIONS): number {
  const goal = target ?? migrations.length
  const from = versionOf(db)
  if (from > migrations.length) throw tooNew(from, migrations.length)
  for (let version = from; version < goal; version++) {
    transaction(db, () => {
      db.exec(migrations[version] as string) // version < goal <= length
      db.pragma(`user_version = ${version + 1}`)
    })
  }
  return Math.max(0, goal - from)
}

export function versionOf(db: Readable): number {
  return guarded(() => db.pragma('user_version', { simple: true }) as number) // the pragma gives an integer
}

export function tooNew(found: number, known: number): AppError {
  const message = `the project was written by a newer version: it has schema ${found}, this version knows ${known}`
  return new AppError('store/too-new', message, { found, known })
}
