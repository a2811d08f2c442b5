import { append } from '#lib/lists-by-key'
import { type Answers, keyOf, type Pair } from './answers.ts'
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
    const rows = rowsBySubject(room, pair.question).get(subjectOf(room.desk, pair)) ?? []
    for (const key of rows) if (!room.answers.decided.has(key)) settled.add(key)
  }
  byAnswers.set(room.answers, settled)
  return settled
}

function rowsBySubject({ desk, index }: Pick<Room, 'desk' | 'index'>, question: TiedQuestion): RowsBySubject {
  const ofIndex = byIndex.get(index) ?? new Map<TiedQuestion, RowsBySubject>()
  byIndex.set(index, ofIndex)
  const known = ofIndex.get(question)
  if (known !== undefined) return known
  const found = new Map<string, string[]>()
  for (const pair of pairsOf(index, question)) append(found, subjectOf(desk, pair), keyOf(pair))
  ofIndex.set(question, found)
  return found
}

function pairsOf({ companies, accounts, signups }: Index, question: TiedQuestion): readonly Pair[] {
  if (question === 'companies')
    return [...companies.values()].map(({ accountId: a, billingId: b }) => ({ question, a, b }))
  if (question === 'accounts')
    return [...accounts.values()].map(({ workspaceId: a, accountId: b }) => ({ question, a, b }))
  return [...signups.values()].map(({ match, candidate }) => ({ question, a: match.userId, b: candidate.accountId }))
}
