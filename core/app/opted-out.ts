import { finish } from '#lib/steps'
import { dataState, listDecisions, type Readable, type ScoreRun, walkTable } from '#store'
import { linksOfRun } from './contact-links.ts'

const known = new WeakMap<Readable, Readonly<{ key: string; personIds: ReadonlySet<string> }>>()

/** Persons of a run who asked not to be contacted, in any of their contacts. */
export function optedOutOf(db: Readable, run: ScoreRun): ReadonlySet<string> {
  const key = `${run.runId} ${dataState(db)} ${listDecisions(db).length}`
  const before = known.get(db)
  if (before?.key === key) return before.personIds
  const contacts = new Set<string>()
  for (const { contact_id, opted_out } of walkTable(db, 'contacts', ['contact_id', 'opted_out']))
    if (opted_out === true) contacts.add(contact_id)
  const links = contacts.size === 0 ? [] : finish(linksOfRun(db, run))
  const personIds = new Set(
    links.flatMap(({ contactId, personIds }) => (contacts.has(contactId) ? [...personIds] : [])),
  )
  known.set(db, { key, personIds })
  return personIds
}
