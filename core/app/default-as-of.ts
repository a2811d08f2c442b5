import { calendarOf, type Instant } from '#lib/time'
import { VERSION } from '#lib/version'
import { resolveAsOf } from '#pipeline'
import type { Dataset } from '#schema/dataset'
import { dataState, newestRun, type Readable } from '#store'
import { type DefaultAsOf, keptPart } from './run-parts.ts'

/** The instant to judge at, and the default one where it is known: finding that takes a walk over all events. */
export function asOfFor(
  db: Readable,
  dataset: Dataset,
  { timeZone, wanted }: Readonly<{ timeZone: string; wanted: string | undefined }>,
): Readonly<{ asOf: Instant; defaultAsOf: DefaultAsOf | null }> {
  const known = knownDefault(db, timeZone)
  if (wanted !== undefined && wanted.trim() !== '')
    return { asOf: resolveAsOf(dataset, calendarOf(timeZone), wanted), defaultAsOf: known }
  const asOf = known?.asOf ?? resolveAsOf(dataset, calendarOf(timeZone), undefined)
  return { asOf, defaultAsOf: { timeZone, asOf } }
}

/** What the newest run found, where nothing that it depends on has changed since. */
function knownDefault(db: Readable, timeZone: string): DefaultAsOf | null {
  const run = newestRun(db)
  if (run === null || run.dataState !== dataState(db) || keptPart(db, run.runId, 'made by') !== VERSION) return null
  const kept = keptPart(db, run.runId, 'default as of')
  return kept?.timeZone === timeZone ? kept : null
}
