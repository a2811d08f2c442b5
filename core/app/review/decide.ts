import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import {
  addDecision,
  dataState,
  listDecisions,
  type StoredDecision,
  splitPairs,
  transaction,
  type Writable,
} from '#store'
import { type Answer, type Answers, answersIn, entryFor, type Given, givenBy, keyOf, type Pair } from './answers.ts'
import { LinkGraph, obstacleOf, otherAccountOf, sayIn } from './contradictions.ts'
import { countsOf } from './counts.ts'
import { hasRecord, leftObject, nameOf, recordName, rightObject, TABLE_OF } from './names.ts'
import { pinOf } from './pins.ts'
import { candidateOf, namesOf } from './queue.ts'
import { fingerprintOf, type Room, weighedPair } from './room.ts'
import { sourcesIn } from './source-order.ts'
import { wordSentence } from './words.ts'

type Decided = Output<'review.decide'>
type Entry = Output<'review.history'>['entries'][number]
type Steps = Decided['steps']

const MOST_SAMPLES = 5

/** Keeps answers; those that contradict others are not kept. With `isDry` nothing is. */
export function decide(
  room: Room,
  db: Writable,
  answers: readonly Answer[],
  { isDry, batch, now }: Readonly<{ isDry: boolean; batch: string; now: number }>,
): Decided {
  for (const { pair } of answers) {
    const message = missingRecord(room, pair)
    if (message !== null) throw new AppError('usage/bad-argument', message, { a: pair.a, b: pair.b })
  }
  const contradictions: Decided['contradictions'] = []
  const taken = new Map(room.answers.decided)
  const kept = answers.map(answer => {
    const against = contradictionOf(room, { ...room.answers, decided: taken }, answer)
    if (against !== null) contradictions.push(against)
    else if (answer.answer !== 'skip') taken.set(keyOf(answer.pair), imagined(answer))
    return against === null
  })
  const samples = answers.slice(0, MOST_SAMPLES).map(({ pair }) => candidateOf(room, weighedPair(room, pair)))
  const decisionNos = answers.map((answer, i) => {
    if (isDry || kept[i] !== true) return null
    const evidence = fingerprintOf(weighedPair(room, answer.pair))
    return { answer, entry: entryFor(answer, { evidence, batch, now }) }
  })
  const numbers = transaction(db, () => decisionNos.map(one => (one === null ? null : addDecision(db, one.entry))))
  const after = { ...room, answers: answersIn(db) }
  return {
    state: dataState(db),
    decisionNos: numbers,
    kept: kept.filter(Boolean).length,
    contradictions,
    samples,
    counts: countsOf(after),
    steps: stepsOf(db),
  }
}

function imagined({ pair, answer, relation, note }: Answer): Given {
  const decision = { decisionNo: 0, answer, relation: relation ?? null, note: note ?? null, decidedAt: 0 }
  return { pair, decision, evidence: null }
}

function contradictionOf(
  { desk, db }: Room,
  answers: Answers,
  answer: Answer,
): Decided['contradictions'][number] | null {
  const { pair } = answer
  if (answer.answer === 'skip') return null
  const obstacle = answer.answer === 'same' || pair.question === 'companies' ? obstacleOf(desk, pair) : null
  const say = sayIn(db)
  const [left, right] = say(pair)
  if (obstacle !== null) {
    const verdict = answer.answer === 'same' ? 'cannot be joined' : 'are not compared with each other'
    return { pair, sentence: `${left} and ${right} ${verdict}: ${obstacle}.`, path: [] }
  }
  if (pair.question === 'companies')
    return answer.answer === 'same' ? otherAccountOf({ desk, answers, db }, pair) : null
  // A workspace, or a user, is of one account: what is said of others, or of other accounts, joins and bars nothing, and the last answer counts.
  if (pair.question === 'accounts' || pair.question === 'signups') return null
  return new LinkGraph(answers, pair.question, { except: pair, say }).against(answer)
}

/** Why nothing can be answered about two records: one is not in the data, or both are one; null where it can. */
export function missingRecord({ db }: Room, { question, a, b }: Pair): string | null {
  const [left, right] = [leftObject(question), rightObject(question)]
  for (const [object, key] of [[left, a] as const, [right, b] as const])
    if (!hasRecord(db, object, key)) return `${TABLE_OF[object]} has no record ${key}`
  return a === b && left === right ? `${a} is one record, not two` : null
}

type Undone = Readonly<{ entries: readonly Entry[]; steps: Steps }>

/** Takes answers back: the one named, or the newest with all that was answered together with it. @throws AppError usage/bad-argument */
export function undo(db: Writable, decisionNo: number | null, now: number): Undone {
  const log = listDecisions(db)
  const { inForce } = statesOf(log)
  const newest = log.findLast(entry => isAnswer(entry) && inForce.has(entry.decisionNo))
  const wanted = decisionNo === null ? newest : log.find(entry => entry.decisionNo === decisionNo)
  if (wanted === undefined || !inForce.has(wanted.decisionNo) || !isAnswer(wanted))
    throw new AppError(
      'usage/bad-argument',
      decisionNo === null ? 'no answer is left to take back' : `entry ${decisionNo} is no answer that holds`,
      { decisionNo },
    )
  const together = decisionNo === null ? batchOf(log, wanted).filter(one => inForce.has(one.decisionNo)) : [wanted]
  return revert(db, 'undo', { entries: together.toReversed(), now })
}

/** Takes up again what was taken back last, where nothing was answered since. @throws AppError usage/bad-argument */
export function redo(db: Writable, now: number): Undone {
  const log = listDecisions(db)
  const { redoable } = statesOf(log)
  if (redoable.length === 0)
    throw new AppError('usage/bad-argument', 'nothing was taken back that can be taken up again')
  const last = log.find(({ decisionNo }) => decisionNo === redoable.at(-1))
  const together = last === undefined ? [] : batchOf(log, last).filter(one => redoable.includes(one.decisionNo))
  return revert(db, 'redo', { entries: together, now })
}

function revert(
  db: Writable,
  kind: 'undo' | 'redo',
  { entries, now }: Readonly<{ entries: readonly StoredDecision[]; now: number }>,
): Undone {
  const numbers = transaction(db, () =>
    entries.map(({ decisionNo }) =>
      addDecision(db, { kind, subject: [], payload: {}, reverts: decisionNo, decidedAt: now }),
    ),
  )
  return { entries: historyOf(db, { offset: 0, limit: numbers.length }).entries, steps: stepsOf(db) }
}

function isAnswer({ kind }: StoredDecision): boolean {
  return kind !== 'undo' && kind !== 'redo' && kind !== 'dismiss_anomaly' && kind !== 'confirm_anomaly'
}

function batchOf(log: readonly StoredDecision[], entry: StoredDecision): readonly StoredDecision[] {
  const batch = entry.payload['batch']
  return batch === undefined ? [entry] : log.filter(one => one.payload['batch'] === batch)
}

/** Entries that hold, and those that a redo takes up again, the last one first to come. A new answer ends what can be redone. */
function statesOf(
  log: readonly StoredDecision[],
): Readonly<{ inForce: ReadonlySet<number>; redoable: readonly number[] }> {
  const inForce = new Set<number>()
  let redoable: number[] = []
  for (const { kind, decisionNo, reverts } of log) {
    if (kind === 'undo' && reverts !== null) {
      inForce.delete(reverts)
      redoable.push(reverts)
    } else if (kind === 'redo' && reverts !== null) {
      inForce.add(reverts)
      redoable = redoable.filter(no => no !== reverts)
    } else {
      inForce.add(decisionNo)
      redoable = []
    }
  }
  return { inForce, redoable }
}

/** What undo and redo would do next. */
export function stepsOf(db: Writable): Steps {
  const log = listDecisions(db)
  const { inForce, redoable } = statesOf(log)
  return {
    canUndo: log.some(entry => isAnswer(entry) && inForce.has(entry.decisionNo)),
    canRedo: redoable.length > 0,
  }
}

/** A stretch of the entries, newest first. */
export function historyOf(
  db: Writable,
  { offset, limit }: Readonly<{ offset: number; limit: number }>,
): Readonly<{ total: number; entries: Entry[] }> {
  const log = listDecisions(db)
  const { inForce } = statesOf(log)
  const byNumber = new Map(log.map(entry => [entry.decisionNo, entry]))
  const page = log.toReversed().slice(offset, offset + limit)
  const entries = page.map((entry): Entry => {
    const { decisionNo, kind, reverts, decidedAt } = entry
    const about = reverts === null ? entry : (byNumber.get(reverts) ?? entry)
    const given = givenBy(about)
    return {
      decisionNo,
      kind,
      sentence: sentenceOf(db, kind, { about, given }),
      pair: given?.pair ?? null,
      note: given?.decision.note ?? null,
      reverts,
      isInForce: inForce.has(decisionNo),
      decidedAt,
    }
  })
  return { total: log.length, entries }
}

type Said = Readonly<{ about: StoredDecision; given: Given | null }>

function sentenceOf(db: Writable, kind: StoredDecision['kind'], { about, given }: Said): string {
  const what = given === null ? entryText(db, about) : answerText(given, namesOf(db, given.pair))
  if (kind === 'undo') return `Taken back: ${what}`
  return kind === 'redo' ? `Taken up again: ${what}` : what
}

/** What an entry says that is about no candidate. */
function entryText(db: Writable, entry: StoredDecision): string {
  const pin = pinOf(entry)
  if (pin !== null) {
    const field = pin.field.replaceAll('_', ' ')
    const name = recordName(db, 'user', pin.userId).title
    return pin.value === null ? `${name}: ${field} as the records say` : `${name}: ${field} is "${pin.value}"`
  }
  const word = wordSentence(entry)
  if (word !== null) return word
  if (entry.kind === 'set_sources')
    return `${sourcesIn(entry)[0] === 'user' ? 'Records of the product' : 'Contacts of the CRM'} are believed first`
  const pairs = entry.kind === 'split' ? splitPairs(entry) : []
  const [first] = pairs
  if (first === undefined) return `${entry.kind.replaceAll('_', ' ')} ${entry.subject.map(({ key }) => key).join(', ')}`
  const taken = [...new Set(pairs.map(([key]) => key))].map(key => nameOf(db, 'user', key))
  return `${taken.join(', ')} taken out of the person of ${nameOf(db, 'user', first[1])}`
}

function answerText(
  { pair: { question }, decision: { answer, relation } }: Given,
  [a, b]: readonly [string, string],
): string {
  if (answer === 'skip') return `${a} and ${b}: later`
  if (question === 'accounts' || question === 'signups')
    return answer === 'same' ? `${a} belongs to ${b}` : `${a} does not belong to ${b}`
  if (question === 'persons')
    return answer === 'same' ? `${a} and ${b} are one person` : `${a} and ${b} are two persons`
  if (question === 'companies') return `${a} and ${b} are ${answer === 'same' ? 'one company' : 'two companies'}`
  return relationText(relation, [a, b])
}

function relationText(relation: Given['decision']['relation'], [a, b]: readonly [string, string]): string {
  if (relation === 'merge') return `${a} and ${b} are one workspace`
  if (relation === 'unrelated') return `${a} and ${b} have nothing to do with each other`
  return relation === 'group'
    ? `${a} and ${b} are of one account`
    : `${a} is ${relation === 'agency-of' ? 'the agency' : 'an environment'} of ${b}`
}
