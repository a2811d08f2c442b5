import { create } from 'zustand'
import type { Input, Output } from '#contract/contract'
import type { Contradiction } from './identity-overview.ts'

export type Answer = Input<'review.decide'>['answers'][number]
export type Decided = Output<'review.decide'>
export type HistoryEntry = Output<'review.undo'>['entries'][number]

type Question = Answer['pair']['question']

/** What was done last, to be said beside the card. */
export type LastAnswer = Readonly<{
  kind: 'answered' | 'undone' | 'redone'
  /** Of the pairs it was about; null where it was about none. */
  question: Question | null
  /** Null where it was about none, or about several. */
  pair: Answer['pair'] | null
  sentence: string
}>

type Answers = Readonly<{
  /** Answers on their way to the project. */
  pending: number
  last: LastAnswer | null
  /** Answers that were not kept, because they contradict others. */
  refused: readonly Contradiction[]
  /** What an answer to all picked candidates would do; null while none is being considered. */
  batch: Readonly<{ answers: readonly Answer[]; trial: Decided | null }> | null
}>

const EMPTY: Answers = { pending: 0, last: null, refused: [], batch: null }

export const useAnswers = create<Answers>()(() => EMPTY)

export function closeBatch(): void {
  useAnswers.setState({ batch: null })
}

export function forgetAnswers(): void {
  useAnswers.setState(EMPTY)
}
