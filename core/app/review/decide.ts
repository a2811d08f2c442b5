import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import {
  addDecision,
  dataState,
  listDecisions,
  type NewDecision,
  type Readable,
  type StoredDecision,
  splitPairs,
  transaction,
  type Writable,
} from '#store'
import { answeredPersons } from './answered-persons.ts'
import { type Answer, type Answers, answersIn, entryFor, type Given, givenBy, keyOf, type Pair } from './answers.ts'
import { haveTwoSubjects, LinkGraph, obstacleOf, otherAccountOf, sayIn } from './contradictions.ts'
import { countsOf } from './counts.ts'
import { fingerprintOf } from './fingerprint.ts'
import { hasRecord, leftObject, nameOf, recordName, rightObject, TABLE_OF } from './names.ts'
import { pinOf } from './pins.ts'
import { candidateOf, namesOf } from './queue.ts'
import { type Room, weighedPair } from './room.ts'
import { sourcesIn } from './source-order.ts'
import { wordSentence } from './words.ts'

type Decided = Output<'review.decide'>
type Entry = Output<'review.history'>['entries'][number]
type Steps = Decided['steps']

const MOST_SAMPLES = 5

type Terms = Readonly<{ batch: string; now: number }>

/** One of each answer: null for one that contradicts others. */
type Judged = Readonly<{ kept: readonly (Answer | null)[]; contradictions: Decided['contradictions'] }>

/** What can be kept of answers. @throws AppError usage/bad-argument where a record is not there */
export function judgeAnswers(room: Room, answers: readonly Answer[]): Judged {
  for (const { pair } of answers) {
    const message = missingRecord(room, pair)
    if (message !== null) throw new AppError('usage/bad-argument', message, { a: pair.a, b: pair.b })
  }
  const contradictions: Decided['contradictions'] = []
  const taken = new Map(room.answers.decided)
  const kept = answers.map(answer => {
    const against = contradictionOf(room, { ...room.answers, decided: taken }, answer)
    if (against !== null) {
      contradictions.push(against)
      return null
    }
    if (answer.answer !== 'skip') taken.set(keyOf(answer.pair), imagined(answer))
    return answer
  })
  return { kept, contradictions }
}

/** The entry of an answer, with the evidence that it rests on. */
export function entryOf(room: Room, answer: Answer, terms: Terms): NewDecision {
  const evidence = fingerprintOf(weighedPair(room, answer.pair))
  const persons = answer.answer === 'different' ? answeredPersons(room, answer.pair) : null
  return entryFor(answer, { evidence, persons, ...terms })
}

/** Keeps answers; those that contradict others are not kept. With `isDry` nothing is. */
export function decide(
  room: Room,
  db: Writable,
  answers: readonly Answer[],
  { isDry, ...terms }: Terms & Readonly<{ isDry: boolean }>,
): Decided {
  const { kept, contradictions } = judgeAnswers(room, answers)
  const samples = answers.slice(0, MOST_SAMPLES).map(({ pair }) => candidateOf(room, weighedPair(room, pair)))
  const entries = kept.map(answer => (isDry || answer === null ? null : entryOf(room, answer, terms)))
  const numbers = transaction(db, () => entries.map(entry => (entry === null ? null : addDecision(db, entry))))
  const after = { ...room, answers: answersIn(db) }
  return {
    state: dataState(db),
    decisionNos: numbers,
    kept: kept.filter(answer => answer !== null).length,
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
  const graph = new LinkGraph(answers, pair.question, { except: pair, say })
  const isJoin = pair.question === 'persons' && answer.answer === 'same'
  return graph.against(answer) ?? (isJoin ? graph.meeting(pair, (x, y) => haveTwoSubjects(desk, x, y)) : null)
}

/** Why nothing can be answered about two records: one is not in the data, or both are one; null where it can. */
export function missingRecord({ db }: Room, { question, a, b }: Pair): string | null {
  const [left, right] = [leftObject(question), rightObject(question)]
  for (const [object, key] of [[left, a] as const, [right, b] as const])
    if (!hasRecord(db, object, key)) return `${TABLE_OF[object]} has no record ${key}`
  return a === b && left === right ? `${a} is one record, not two` : null
}

/** Entries that take answers back: the one named, or the newest with all that was answered together with it. @throws AppError usage/bad-argument */
export function undoEntries(db: Readable, decisionNo: number | null, now: number): readonly NewDecision[] {
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
  return reverting('undo', together.toReversed(), now)
}

/** Entries that take up again what was taken back last, where nothing was answered since. @throws AppError usage/bad-argument */
export function redoEntries(db: Readable, now: number): readonly NewDecision[] {
  const log = listDecisions(db)
  const { redoable } = statesOf(log)
  if (redoable.length === 0)
    throw new AppError('usage/bad-argument', 'nothing was taken back that can be taken up again')
  const last = log.find(({ decisionNo }) => decisionNo === redoable.at(-1))
  const together = last === undefined ? [] : batchOf(log, last).filter(one => redoable.includes(one.decisionNo))
  return reverting('redo', together, now)
}

function reverting(kind: 'undo' | 'redo', entries: readonly StoredDecision[], now: number): readonly NewDecision[] {
  return entries.map(({ decisionNo }) => ({ kind, subject: [], payload: {}, reverts: decisionNo, decidedAt: now }))
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
