import type { Steps } from '#lib/steps'
import { type ContactLink, contactLinkSteps } from '#route'
import { LISTED_COLUMNS } from '#schema/dataset'
import type { Person } from '#schema/unit'
import { dataState, type Readable, type ScoreRun, walkTable } from '#store'
import { addressReader } from './address-reader.ts'
import { isMadeAsNow } from './made-by.ts'
import { keptRecords } from './run-parts.ts'

/** Whom contacts stand for, by the tables and the word lists of the project as they are; each user is one person where no persons are given. */
export function contactLinks(db: Readable, persons: readonly Person[] | undefined): Steps<readonly ContactLink[]> {
  const tables = {
    contacts: walkTable(db, 'contacts', LISTED_COLUMNS.contacts),
    users: walkTable(db, 'users', ['user_id', 'primary_email', 'contact_id']),
  }
  return contactLinkSteps(tables, persons, addressReader(db))
}

/**
 * The same for the persons of a run: as it found it, or anew where the tables, decisions or word lists have changed since. Who opted out
 * is told by these, so there is no run without them.
 *
 * @param persons those of the run, where they are at hand
 */
export function* linksOfRun(db: Readable, run: ScoreRun, persons?: readonly Person[]): Steps<readonly ContactLink[]> {
  if (run.dataState === dataState(db) && isMadeAsNow(db, run.runId))
    return [...keptRecords(db, run.runId, 'contact links')]
  return yield* contactLinks(db, persons ?? [...keptRecords(db, run.runId, 'persons')])
}
