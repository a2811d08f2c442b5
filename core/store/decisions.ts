import { invariant } from '#lib/errors'
import type { Decision, RecordRef } from '#schema/decision'
import { type Readable, statement, transaction, type Writable } from './connection.ts'
import { advanceDataState } from './meta.ts'

/** What a person may decide; the file keeps the text, so that later versions may know more kinds. */
export const DECISION_KINDS = [
  'must_link',
  'cannot_link',
  'assign',
  'detach',
  'split',
  'block_value',
  'allow_value',
  'set_type',
  'relation',
  'pin_field',
  'note',
  'dismiss_anomaly',
  'confirm_anomaly',
  'undo',
  'redo',
] as const
export type DecisionKind = (typeof DECISION_KINDS)[number]

/** A record of the outside world by its natural key: stays true over re-imports. */
export type NaturalKey = Readonly<{ source: string; object: string; key: string }>
/** Objects that identity takes decisions about. */
const RECORDS: readonly string[] = ['user', 'workspace', 'account', 'contact'] satisfies RecordRef['object'][]

export type NewDecision = Readonly<{
  kind: DecisionKind
  /** What it is about, in the order that the kind asks for. */
  subject: readonly NaturalKey[]
  payload: Readonly<Record<string, unknown>>
  /** `undo`, `redo`: number of the entry that is taken back or taken up again. */
  reverts: number | null
  /** ms since epoch */
  decidedAt: number
}>
export type StoredDecision = NewDecision & Readonly<{ decisionNo: number }>

type Row = Omit<StoredDecision, 'subject' | 'payload'> & Readonly<{ subject: string; payload: string }>

const ADD = `
  INSERT INTO decision (kind, subject, payload, reverts, decided_at) VALUES (:kind, :subject, :payload, :reverts, :decidedAt)`
const LIST = `
  SELECT decision_no AS decisionNo, kind, subject, payload, reverts, decided_at AS decidedAt FROM decision
  ORDER BY decision_no`

/** Adds one decision. There is no other way to change them. Returns its number. */
export function addDecision(db: Writable, decision: NewDecision): number {
  const { kind, reverts, decidedAt } = decision
  const subject = JSON.stringify(decision.subject)
  const payload = JSON.stringify(decision.payload)
  invariant((kind === 'undo' || kind === 'redo') === (reverts !== null), 'undo and redo name the entry they are about')
  return transaction(db, () => {
    const { lastInsertRowid } = statement(db, ADD).run({ kind, subject, payload, reverts, decidedAt })
    advanceDataState(db, ['decision', kind, subject, payload, reverts])
    return Number(lastInsertRowid)
  })
}

/** Every decision in the order it was made, those taken back and the taking back among them. */
export function listDecisions(db: Readable): readonly StoredDecision[] {
  // Written by addDecision from values of these types.
  return statement<Row>(db, LIST)
    .all()
    .map(row => ({
      ...row,
      subject: JSON.parse(row.subject) as NaturalKey[],
      payload: JSON.parse(row.payload) as Record<string, unknown>,
    }))
}

/** Decisions that hold: not taken back, or taken back and taken up again. */
export function decisionsInForce(db: Readable): readonly StoredDecision[] {
  const all = listDecisions(db)
  const withdrawn = new Set<number>()
  for (const { kind, reverts } of all) {
    if (reverts === null) continue
    if (kind === 'undo') withdrawn.add(reverts)
    else withdrawn.delete(reverts)
  }
  return all.filter(({ kind, decisionNo }) => kind !== 'undo' && kind !== 'redo' && !withdrawn.has(decisionNo))
}

/** The decisions that hold and that identity knows how to apply, in the order they were made. */
export function identityDecisions(db: Readable): readonly Decision[] {
  return decisionsInForce(db).flatMap(({ kind, decisionNo, subject }): Decision[] => {
    const [a, b] = subject
    if (kind !== 'must_link' || a === undefined || b === undefined) return []
    return isRecord(a) && isRecord(b) ? [{ id: String(decisionNo), type: kind, a: refOf(a), b: refOf(b) }] : []
  })
}

function isRecord(subject: NaturalKey): subject is NaturalKey & RecordRef {
  return RECORDS.includes(subject.object)
}

function refOf({ object, key }: RecordRef): RecordRef {
  return { object, key }
}
