import type { FormerPerson } from '#schema/identity'
import { type Readable, statement, type Writable } from './connection.ts'

/** An id that ended, and when. */
type EndedPerson = FormerPerson & Readonly<{ endedIn: number; endedAt: number }>

type Row = Readonly<{ id: string; endedIn: number; endedAt: number; heirs: string; users: string }>

const LIST = `
  SELECT person_id AS id, ended_in AS endedIn, ended_at AS endedAt, heirs, users FROM former_person ORDER BY person_id`
const SAVE = `
  INSERT INTO former_person (person_id, ended_in, ended_at, heirs, users) VALUES (:id, :endedIn, :endedAt, :heirs, :users)
  ON CONFLICT (person_id) DO UPDATE
  SET ended_in = excluded.ended_in, ended_at = excluded.ended_at, heirs = excluded.heirs, users = excluded.users`
const FORGET = 'DELETE FROM former_person WHERE person_id = ?'

/** Ids that ended, in code-point order. */
export function formerPersons(db: Readable): readonly EndedPerson[] {
  return statement<Row>(db, LIST).all().map(asEnded)
}

/** Keeps what ended with a run, and forgets the end of what is back. Belongs into the transaction that ends the run. */
export function saveFormerPersons(
  db: Writable,
  {
    ended,
    back,
    runId,
    at,
  }: Readonly<{ ended: readonly FormerPerson[]; back: readonly string[]; runId: number; at: number }>,
): void {
  for (const id of back) statement(db, FORGET).run(id)
  for (const { id, heirs, userIds } of ended)
    statement(db, SAVE).run({
      id,
      endedIn: runId,
      endedAt: at,
      heirs: JSON.stringify(heirs),
      users: JSON.stringify(userIds),
    })
}

/** Written by saveFormerPersons from values of these types. */
function asEnded({ id, endedIn, endedAt, heirs, users }: Row): EndedPerson {
  return { id, endedIn, endedAt, heirs: JSON.parse(heirs) as string[], userIds: JSON.parse(users) as string[] }
}
