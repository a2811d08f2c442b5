import type { Question } from './answers.ts'
import { bandBy, type Room, type Weighed } from './room.ts'

export type OtherQuestion = Exclude<Question, 'persons'>

/** A candidate as lists sort it: without the lines of its evidence, of which only a page has need. */
export type Listed = Omit<Weighed, 'lines'>

/** Every candidate of a question that is not about two users, by the evidence alone, with its key. */
export function* candidatesOf(
  { index }: Pick<Room, 'index'>,
  question: OtherQuestion,
): Generator<readonly [key: string, listed: Listed]> {
  if (question === 'workspaces')
    for (const [key, link] of index.links) {
      const { workspaceA: a, workspaceB: b, bits, relation } = link
      yield [key, { pair: { question, a, b }, bits, band: bandBy.links(link), relation }]
    }
  else if (question === 'companies')
    for (const [key, pair] of index.companies) {
      const { accountId: a, billingId: b, choices } = pair
      yield [key, { pair: { question, a, b }, bits: null, band: bandBy.companies(pair), relation: null, choices }]
    }
  else if (question === 'accounts')
    for (const [key, row] of index.accounts) {
      const { workspaceId: a, accountId: b, bits } = row
      yield [key, { pair: { question, a, b }, bits, band: bandBy.accounts(row), relation: null }]
    }
  else
    for (const [key, found] of index.signups) {
      const { accountId: b, bits, evidence } = found.candidate
      const pair = { question, a: found.match.userId, b } as const
      yield [key, { pair, bits: evidence.length === 0 ? null : bits, band: bandBy.signups(found), relation: null }]
    }
}

const INDEXES = { workspaces: 'links', companies: 'companies', accounts: 'accounts', signups: 'signups' } as const

/** Is a pair a candidate by the evidence? */
export function isCandidate({ index }: Pick<Room, 'index'>, question: OtherQuestion, key: string): boolean {
  return index[INDEXES[question]].has(key)
}
