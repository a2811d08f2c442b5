import { invariant } from '#lib/errors'
import type { RecordRef } from '#schema/decision'
import type { IdentityDecision, PersonIdentifier } from '#schema/identity'
import { type Readable, statement, transaction, type Writable } from './connection.ts'
import { advanceDecisions } from './meta.ts'

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
  'set_rules',
  'relation',
  'pin_field',
  'set_sources',
  'note',
  'skip',
  'dismiss_anomaly',
  'confirm_anomaly',
  'undo',
  'redo',
] as const
export type DecisionKind = (typeof DECISION_KINDS)[number]

/** A record of the outside world by its natural key: stays true over re-imports. */
export type NaturalKey = Readonly<{ source: string; object: string; key: string }>
/** Kinds that nothing is judged by: they leave scores as they are. */
const REMARKS: readonly DecisionKind[] = ['note', 'skip', 'pin_field', 'set_sources', 'confirm_anomaly']
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
const KIND = 'SELECT kind FROM decision WHERE decision_no = ?'
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
    const about = reverts === null ? kind : statement<DecisionKind>(db, KIND, 'values').get(reverts)
    if (about === undefined || !REMARKS.includes(about))
      advanceDecisions(db, ['decision', kind, subject, payload, reverts])
    return Number(lastInsertRowid)
  })
}

/** Adds decisions in their order, all or none. */
export function addDecisions(db: Writable, decisions: readonly NewDecision[]): void {
  transaction(db, () => {
    for (const decision of decisions) addDecision(db, decision)
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

/**
 * Decisions that hold: not taken back, or taken back and taken up again.
 *
 * @param further entries that are not kept, imagined behind those that are; they have the numbers that would come next
 */
export function decisionsInForce(db: Readable, further: readonly NewDecision[] = []): readonly StoredDecision[] {
  const kept = listDecisions(db)
  const next = (kept.at(-1)?.decisionNo ?? 0) + 1
  const all = [...kept, ...further.map((entry, i) => ({ ...entry, decisionNo: next + i }))]
  const withdrawn = new Set<number>()
  for (const { kind, reverts } of all) {
    if (reverts === null) continue
    if (kind === 'undo') withdrawn.add(reverts)
    else withdrawn.delete(reverts)
  }
  return all.filter(({ kind, decisionNo }) => kind !== 'undo' && kind !== 'redo' && !withdrawn.has(decisionNo))
}

/** The decisions that hold, with `further` ones imagined, and that identity knows how to apply; in the order they were made. */
export function identityDecisions(db: Readable, further: readonly NewDecision[] = []): readonly IdentityDecision[] {
  return decisionsInForce(db, further).flatMap(identityDecisionsOf)
}

/** What identity applies of one decision: nothing where it is about something else. */
export function identityDecisionsOf(decision: StoredDecision): readonly IdentityDecision[] {
  if (decision.kind === 'split') return splitDecisions(decision)
  const own = identityDecision(decision)
  return own === null ? [] : [withPersons(own, decision)]
}

/** Users who are two persons: every record of the one, as they were then, is kept apart from every record of the other. */
function withPersons(own: IdentityDecision, { payload }: StoredDecision): IdentityDecision {
  const persons = payload['persons']
  if (own.type !== 'cannot_link' || own.a.object !== 'user' || !Array.isArray(persons)) return own
  const [left = [], right = []] = persons.map(keys => (Array.isArray(keys) ? keys.map(String) : []))
  return left.length * right.length < 2 ? own : { ...own, persons: [left, right] }
}

/** Each record that was taken out of a person is kept apart from each that stayed. */
function splitDecisions(decision: StoredDecision): IdentityDecision[] {
  const id = String(decision.decisionNo)
  return splitPairs(decision).map(([a, b]) => ({
    id,
    type: 'cannot_link',
    a: { object: 'user', key: a },
    b: { object: 'user', key: b },
  }))
}

/** Of a `split`: users that were taken out beside those that stayed, every one with every one. */
export function splitPairs({
  subject,
  payload,
}: StoredDecision): readonly (readonly [taken: string, stayed: string])[] {
  const count = Number(payload['taken'])
  const keys = subject.flatMap(({ object, key }) => (object === 'user' ? [key] : []))
  return keys.slice(0, count).flatMap(taken => keys.slice(count).map(stayed => [taken, stayed] as const))
}

/** One decision as identity applies it; null where it is about something else. */
function identityDecision({ kind, decisionNo, subject, payload }: StoredDecision): IdentityDecision | null {
  const [a, b] = subject
  const id = String(decisionNo)
  if (kind === 'set_rules') return ruleDecision(id, payload)
  if (a === undefined) return null
  if (kind === 'set_type' && a.object === 'domain') return domainDecision(id, a.key, payload['class'])
  if (kind === 'set_type' && a.source === 'words') return wordDecision(id, a, payload['isIn'])
  if (kind === 'block_value' || kind === 'allow_value')
    return { id, type: kind, kind: a.object as PersonIdentifier['kind'], value: a.key } // written so by whoever decides
  if (b === undefined || !isRecord(a) || !isRecord(b)) return null
  if (kind === 'must_link' || kind === 'cannot_link') return { id, type: kind, a: refOf(a), b: refOf(b) }
  if (kind === 'relation') return relationDecision(id, [refOf(a), refOf(b)], payload['relation'])
  if (kind === 'assign' || kind === 'detach') return accountDecision(id, kind, [refOf(a), refOf(b)])
  return null
}

function ruleDecision(id: string, { weights, auto }: StoredDecision['payload']): IdentityDecision {
  const named = Object.entries(typeof weights === 'object' && weights !== null ? weights : {})
  const numbers = named.filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return { id, type: 'set_rules', weights: Object.fromEntries(numbers), auto: typeof auto === 'number' ? auto : null }
}

function wordDecision(id: string, { object, key }: NaturalKey, isIn: unknown): IdentityDecision {
  return { id, type: 'set_word', list: object, entry: key, isIn: typeof isIn === 'boolean' ? isIn : null }
}

function domainDecision(id: string, domain: string, domainClass: unknown): IdentityDecision {
  return { id, type: 'set_domain', domain, class: typeof domainClass === 'string' ? domainClass : null }
}

function relationDecision(
  id: string,
  [a, b]: readonly [RecordRef, RecordRef],
  relation: unknown,
): IdentityDecision | null {
  if (relation !== 'group' && relation !== 'environment-of' && relation !== 'agency-of') return null
  return { id, type: 'relation', a, b, relation }
}

function accountDecision(
  id: string,
  kind: 'assign' | 'detach',
  [{ object, key }, account]: readonly [RecordRef, RecordRef],
): IdentityDecision | null {
  if (account.object !== 'account') return null
  if (object === 'workspace') return { id, type: kind, workspace: key, account: account.key }
  if (object !== 'user') return null
  return { id, type: kind === 'assign' ? 'assign_signup' : 'detach_signup', user: key, account: account.key }
}

function isRecord(subject: NaturalKey): subject is NaturalKey & RecordRef {
  return RECORDS.includes(subject.object)
}

function refOf({ object, key }: RecordRef): RecordRef {
  return { object, key }
}
