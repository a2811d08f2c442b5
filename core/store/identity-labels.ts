import { type Readable, statement, transaction, type Writable } from './connection.ts'

/** What somebody saw in a pair of users without knowing what the engine thinks; `userA` is the smaller id. */
export type IdentityLabel = Readonly<{
  userA: string
  userB: string
  label: 'same' | 'different' | 'unsure'
  /** ms since epoch */
  labelledAt: number
}>

const SAVE = `
  INSERT INTO identity_label (user_a, user_b, label, labelled_at) VALUES (:userA, :userB, :label, :labelledAt)
  ON CONFLICT (user_a, user_b) DO UPDATE SET label = excluded.label, labelled_at = excluded.labelled_at`
const LIST = `
  SELECT user_a AS userA, user_b AS userB, label, labelled_at AS labelledAt FROM identity_label ORDER BY user_a, user_b`

/** Keeps labels; a later one of a pair replaces the one before. */
export function saveLabels(db: Writable, labels: readonly IdentityLabel[]): void {
  transaction(db, () => {
    for (const label of labels) statement(db, SAVE).run(label)
  })
}

/** Every label, by the ids of its users. */
export function listLabels(db: Readable): readonly IdentityLabel[] {
  return statement<IdentityLabel>(db, LIST).all()
}
