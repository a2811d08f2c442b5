import { append } from '#lib/lists-by-key'
import { eachInSteps, finish, type Steps } from '#lib/steps'
import type { Answers } from './answers.ts'
import { candidatesOf } from './candidates.ts'
import type { Index, Room } from './room.ts'
import { isTied, subjectOf, type TiedQuestion } from './ties.ts'

type RowsBySubject = ReadonlyMap<string, readonly string[]>

const byAnswers = new WeakMap<Answers, ReadonlySet<string>>()
const byIndex = new WeakMap<Index, Map<TiedQuestion, RowsBySubject>>()

/**
 * Candidates that an answer about another one has settled, by `keyOf`: a billing record, a workspace and a new user are of one account
 * each. Once who is who was found with the answer they are no candidates any more; until then neither the list nor the counts have them.
 */
export function settledRows(room: Pick<Room, 'desk' | 'answers' | 'index'>): ReadonlySet<string> {
  const known = byAnswers.get(room.answers)
  if (known !== undefined) return known
  const settled = new Set<string>()
  for (const { pair, decision } of room.answers.decided.values()) {
    if (!isTied(pair.question) || decision.answer !== 'same') continue
    const rows = finish(subjectSteps(room, pair.question)).get(subjectOf(room.desk, pair)) ?? []
    for (const key of rows) if (!room.answers.decided.has(key)) settled.add(key)
  }
  byAnswers.set(room.answers, settled)
  return settled
}

/** Steps that list the candidates of a question by what is of one account at most: once for what was found. */
export function* subjectSteps(
  { desk, index }: Pick<Room, 'desk' | 'index'>,
  question: TiedQuestion,
): Steps<RowsBySubject> {
  const ofIndex = byIndex.get(index) ?? new Map<TiedQuestion, RowsBySubject>()
  byIndex.set(index, ofIndex)
  const known = ofIndex.get(question)
  if (known !== undefined) return known
  const found = new Map<string, string[]>()
  yield* eachInSteps(candidatesOf({ index }, question), ([key, { pair }]) => append(found, subjectOf(desk, pair), key))
  ofIndex.set(question, found)
  return found
}
