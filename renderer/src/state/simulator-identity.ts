import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import type { Figures } from './identity-thresholds.ts'
import { takeScenario, useSimulator } from './simulator.ts'
import { answerIn, type ImaginedAnswer, withAnswer, withoutAnswers } from './simulator-scenario.ts'

export type Candidate = Output<'review.queue'>['candidates'][number]
export type ImaginedQuestion = 'persons' | 'workspaces' | 'accounts'
type Calls = Pick<Client, 'identity.thresholds' | 'review.queue'>

type IdentityPart = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  question: ImaginedQuestion
  /** Open candidates, those first that an answer would do most about. */
  candidates: readonly Candidate[]
  matching: number
  /** Records, and what the clusters come to at each threshold at which something changes, strongest first. */
  records: number
  figures: readonly Figures[]
}>

const SHOWN = 8

export const useIdentityPart = create<IdentityPart>()(() => ({
  status: 'idle',
  question: 'persons',
  candidates: [],
  matching: 0,
  records: 0,
  figures: [],
}))
let latest = 0

/** The open candidates of a question, and where a moved threshold joins or parts records. */
export async function loadIdentityPart(
  client: Calls,
  question: ImaginedQuestion = useIdentityPart.getState().question,
): Promise<void> {
  const asked = ++latest
  useIdentityPart.setState(({ status }) => ({ question, status: status === 'ready' ? 'ready' : 'loading' }))
  try {
    const { records, figures } = await client['identity.thresholds']({})
    const { candidates, matching } = await client['review.queue']({ question, limit: SHOWN })
    if (asked === latest) useIdentityPart.setState({ status: 'ready', records, figures, candidates, matching })
  } catch (error) {
    if (asked === latest) useIdentityPart.setState({ status: 'failed' })
    throw error
  }
}

/** Gives an answer within the scenario; the one that was given already is taken back. */
export async function imagineAnswer(
  client: Pick<Client, 'simulate.set'>,
  pair: Candidate['pair'],
  answer: ImaginedAnswer['answer'],
): Promise<void> {
  const { scenario } = useSimulator.getState()
  const isMerge = pair.question === 'workspaces' && answer === 'same'
  const next: ImaginedAnswer = { ...pair, answer, ...(isMerge ? { relation: 'merge' as const } : {}) }
  const isGiven = answerIn(scenario, pair)?.answer === answer
  await takeScenario(client, isGiven ? withoutAnswers(scenario, [next]) : withAnswer(scenario, next))
}

/** Takes an answer out of the scenario. */
export async function takeBackAnswer(client: Pick<Client, 'simulate.set'>, answer: ImaginedAnswer): Promise<void> {
  await takeScenario(client, withoutAnswers(useSimulator.getState().scenario, [answer]))
}

/** Clusters of user records at a threshold. */
export function clustersFrom({ figures, records }: Pick<IdentityPart, 'figures' | 'records'>, bits: number): number {
  return figures.findLast(one => one.bits >= bits)?.clusters ?? records
}

export function forgetIdentityPart(): void {
  latest += 1
  useIdentityPart.setState(useIdentityPart.getInitialState(), true)
}
