import type { Client, Output } from '#contract/contract'
import { invariant } from '#lib/errors'
import { takeFigures } from './identity-overview.ts'
import { runJob } from './jobs.ts'
import { overviewWhenQuiet, pause, stillBusy } from './overview-to-come.ts'
import { refreshSummary } from './project.ts'
import { type Answer, type Decided, useAnswers } from './review-answer-store.ts'
import { showCard, useReviewCard } from './review-card.ts'
import {
  type Candidate,
  candidateAt,
  changeQueue,
  dropRows,
  loadQueue,
  nextTie,
  type Pair,
  pairId,
  useReviewQueue,
} from './review-queue.ts'

export type AnswerClient = Pick<
  Client,
  | 'review.decide'
  | 'review.settle'
  | 'review.undo'
  | 'review.redo'
  | 'review.queue'
  | 'review.card'
  | 'identity.overview'
  | 'project.summary'
>

/** Decisions reach the project one after the other, in the order in which they were taken. */
let tail: Promise<void> = Promise.resolve()

/** Answers the candidate that is shown; the next one is shown before the project has kept the answer. */
export async function answerShown(client: AnswerClient, answer: Answer['answer']): Promise<void> {
  const { pair, card, relation, note } = useReviewCard.getState()
  if (pair === null || card === null) return
  const given = answerOf(pair, answer, { relation, note })
  dropRows([pairId(pair)])
  const sentence = sentenceOf(card.candidate, given)
  useAnswers.setState({ refused: [], last: { kind: 'answered', question: pair.question, pair, sentence } })
  await inTurn(async () => {
    const decided = await decide(client, [given])
    if (decided.kept > 0 || decided.contradictions.length === 0) return
    useAnswers.setState({ last: null })
    await loadQueue(client)
    showPlaceOf(pair)
  }, client)
}

/** Answers two records that are no candidate of the list, named by `names` where it is said what was done. */
export async function answerPair(client: AnswerClient, given: Answer, names: string): Promise<void> {
  const sentence = ended(`${SAID[given.answer]}: ${names}`)
  const { pair } = given
  useAnswers.setState({ refused: [], last: { kind: 'answered', question: pair.question, pair, sentence } })
  await inTurn(async () => {
    const { kept } = await decide(client, [given])
    if (kept === 0) useAnswers.setState({ last: null })
  }, client)
}

type Said = Readonly<{ relation: Answer['relation'] | null; note: string }>

function answerOf(pair: Pair, answer: Answer['answer'], { relation, note }: Said): Answer {
  const isNamed = pair.question === 'workspaces' && answer === 'same' && relation != null
  return {
    pair,
    answer,
    ...(isNamed ? { relation } : {}),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  }
}

const SAID = { same: 'One', different: 'Kept apart', skip: 'Put off' } as const

function sentenceOf({ left, right }: Candidate, { answer }: Answer): string {
  if (right === null) return ended(`${SAID[answer]}: ${left.title}`)
  const areNamesakes = left.title === right.title
  const nameOf = ({ title, subtitle }: typeof left): string =>
    areNamesakes && subtitle !== null ? `${title} (${subtitle})` : title
  return ended(`${SAID[answer]}: ${nameOf(left)} and ${nameOf(right)}`)
}

/** With one full stop, also behind a name that ends in one: `Blueharbor Inc.` */
export function ended(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}

/** What the picked candidates would come to if they were all answered so; nothing is kept yet. */
export async function considerBatch(client: AnswerClient, answer: Answer['answer']): Promise<void> {
  const { rows, picked } = useReviewQueue.getState()
  const ids = new Set(picked)
  const chosen = rows.filter(row => row !== null && ids.has(pairId(row.pair))) as readonly Candidate[]
  if (chosen.length === 0) return
  const answers = chosen.map(({ pair, relation }) =>
    answerOf(pair, answer, { relation: relation === 'unrelated' ? 'group' : relation, note: '' }),
  )
  useAnswers.setState({ batch: { answers, trial: null } })
  try {
    const trial = await client['review.decide']({ answers, dryRun: true })
    useAnswers.setState(({ batch }) => ({ batch: batch?.answers === answers ? { answers, trial } : batch }))
  } catch (error) {
    useAnswers.setState({ batch: null })
    throw error
  }
}

/** Keeps the answers that were considered. */
export async function keepBatch(client: AnswerClient): Promise<void> {
  const { batch } = useAnswers.getState()
  invariant(batch !== null, 'a batch is kept after it was considered')
  await inTurn(async () => {
    const { kept } = await decide(client, batch.answers)
    dropRows(batch.answers.map(({ pair }) => pairId(pair)))
    const question = batch.answers[0]?.pair.question ?? null
    const sentence = `${kept} answered together.`
    useAnswers.setState({ batch: null, last: { kind: 'answered', question, pair: null, sentence } })
  }, client)
}

/** Says which of the accounts of the case that is shown is right; all that waits for them goes to it. */
export async function settleTie(client: AnswerClient, account: string): Promise<void> {
  const { ties, question } = useReviewQueue.getState()
  const chosen = ties.shown?.accounts.find(({ key }) => key === account)
  if (ties.shown === null || chosen === undefined) return
  const accounts = ties.shown.accounts.map(({ key }) => key)
  // Nobody says it twice while it is being kept.
  useReviewQueue.setState({ ties: { ...ties, shown: null } })
  await inTurn(async () => {
    const settled = await runJob('Settle what follows', options =>
      client['review.settle']({ accounts, account }, options),
    )
    takeFigures(settled)
    const { kept, followed, contradictions } = settled
    const sentence = ended(`${kept + followed} settled: ${chosen.title} (${account}) is right`)
    useAnswers.setState({ refused: contradictions, last: { kind: 'answered', question, pair: null, sentence } })
  }, client)
}

/** Puts off which of several accounts is right: it comes after those that were not, and the next one is shown. */
export async function putOffTie(client: AnswerClient): Promise<void> {
  const { ties, tieAt, question } = useReviewQueue.getState()
  const { shown, total } = ties
  if (shown === null || shown.later === null || useAnswers.getState().pending > 0) return
  if (shown.isPutOff) {
    await nextTie(client)
    return
  }
  const { later: pair } = shown
  const named = shown.accounts.map(({ title, key }) => (title === key ? key : `${title} (${key})`))
  const sentence = ended(`Put off: which of ${named.join(' and ')} is right`)
  await inTurn(async () => {
    await decide(client, [{ pair, answer: 'skip' }])
    useAnswers.setState({ last: { kind: 'answered', question, pair: null, sentence } })
    // What was put off goes to the end, so that its place is that of the next one.
    if (tieAt === total - 1) useReviewQueue.setState({ tieAt: 0 })
    await loadQueue(client)
  }, client)
}

async function decide(client: AnswerClient, answers: readonly Answer[]): Promise<Decided> {
  const decided = await client['review.decide']({ answers: [...answers] })
  takeFigures(decided)
  useAnswers.setState({ refused: decided.contradictions })
  return decided
}

/** Takes the newest answer back, or the one named, and shows its candidate again. */
export async function undoAnswer(client: AnswerClient, decisionNo?: number): Promise<void> {
  await inTurn(async () => {
    const taken = await client['review.undo'](decisionNo === undefined ? {} : { decisionNo })
    await afterStep(client, taken, 'undone')
  }, client)
}

/** Takes up again what was taken back last. */
export async function redoAnswer(client: AnswerClient): Promise<void> {
  await inTurn(async () => await afterStep(client, await client['review.redo']({}), 'redone'), client)
}

async function afterStep(client: AnswerClient, taken: Output<'review.undo'>, kind: 'undone' | 'redone'): Promise<void> {
  takeFigures(taken)
  const [first] = taken.entries
  if (first === undefined) return
  const pair = taken.entries.find(entry => entry.pair !== null)?.pair ?? null
  useAnswers.setState({
    refused: [],
    last: {
      kind,
      question: pair?.question ?? null,
      pair,
      sentence: stepSentence(first.sentence, taken.entries.length),
    },
  })
  if (pair === null || kind === 'redone') return
  if (pair.question === useReviewQueue.getState().question) await loadQueue(client)
  else await changeQueue(client, { question: pair.question })
  showPlaceOf(pair)
}

/** What undo and redo did: the first of the answers that were given together, and how many more. */
function stepSentence(first: string, entries: number): string {
  if (entries === 1) return first
  return `${first}, and ${entries - 1} more ${entries === 2 ? 'answer' : 'answers'} given together with it`
}

/** Puts the list on a candidate where it holds it. */
export function showPlaceOf(pair: Pair): void {
  const id = pairId(pair)
  const { rows } = useReviewQueue.getState()
  const place = rows.findIndex(row => row !== null && pairId(row.pair) === id)
  if (place >= 0) useReviewQueue.setState({ active: place })
}

/** One decision after the other; when the last is kept, the list and the strip follow. */
async function inTurn(work: () => Promise<void>, client: AnswerClient): Promise<void> {
  stillBusy()
  useAnswers.setState(({ pending }) => ({ pending: pending + 1 }))
  const mine = tail.then(work)
  tail = mine.catch(() => undefined)
  try {
    await mine
  } catch (error) {
    useAnswers.setState({ last: null })
    throw error
  } finally {
    useAnswers.setState(({ pending }) => ({ pending: pending - 1 }))
    if (useAnswers.getState().pending === 0) await settle(client)
  }
}

/** How long after an answer the list is made anew, so that quick answers are not held up by it. */
const SETTLED_MS = 200
let settling = 0

async function settle(client: AnswerClient): Promise<void> {
  const mine = ++settling
  await pause(SETTLED_MS)
  if (mine !== settling) return
  await listAnew(client)
  await refreshSummary(client)
  if (mine === settling) await overviewWhenQuiet(client)
  // Who is who was found anew: what followed from the answers is in the counts, and in the list only now.
  if (mine === settling) await listAnew(client)
}

async function listAnew(client: AnswerClient): Promise<void> {
  await loadQueue(client)
  const shown = candidateAt(useReviewQueue.getState(), useReviewQueue.getState().active)
  if (shown !== null) await showCard(client, shown.pair)
}
