import { createHash } from 'node:crypto'
import { type SqlValue, statement, type Writable } from './connection.ts'

const NAMELESS = `
  SELECT staged_no, workspace_id, account_id, user_id, kind, occurred_at FROM outcomes_staged
  WHERE import_id = ? AND outcome_id IS NULL
  ORDER BY workspace_id, account_id, user_id, kind, occurred_at, amount, staged_no`
const NAME = 'UPDATE outcomes_staged SET outcome_id = ? WHERE staged_no = ?'

/**
 * Gives an id to each staged outcome that came without one: a hash of whom it is about, what and when, and its number
 * among those that are equal in this, counted by amount. So the same file again, also in another order, changes nothing,
 * and an amount put right is a change, not a second deal.
 */
export function nameOutcomes(db: Writable, importId: number): void {
  const name = statement(db, NAME)
  let before = ''
  let ordinal = 0
  for (const [stagedNo, ...subject] of statement<SqlValue[]>(db, NAMELESS, 'arrays').all(importId)) {
    const content = JSON.stringify(subject)
    ordinal = content === before ? ordinal + 1 : 0
    before = content
    const digest = createHash('sha256').update(`${content}\n${ordinal}`).digest('hex')
    name.run(`outcome_${digest.slice(0, 32)}`, stagedNo ?? null)
  }
}
