import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { type Figures, figuresAt } from './identity-thresholds.ts'
import { takeScenario, useSimulator } from './simulator.ts'
import { answerIn, type ImaginedAnswer, withAnswer, withoutAnswers } from './simulator-scenario.ts'

export type Candidate = Output<'review.queue'>['candidates'][number]
export type ImaginedQuestion = 'persons' | 'workspaces' | 'companies' | 'accounts'
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
    if (asked !== latest) return
    useIdentityPart.setState({ records, figures })
    const { candidates, matching } = await client['review.queue']({ question, limit: SHOWN })
    if (asked === latest) useIdentityPart.setState({ status: 'ready', candidates, matching })
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

/** What a threshold comes to beside another one; known at once, without a call. */
type Joined = Readonly<{
  persons: number
  /** Records that share their person with another one. */
  merged: number
  /** Unions that there are at this threshold and not at the other one; below 0: those that fall apart. */
  unions: number
  /** Persons and merged records at the other threshold. */
  before: Readonly<{ persons: number; merged: number }>
}>

/** The clusters of user records at a threshold, beside those at another one. */
export function joinedAt(part: Pick<IdentityPart, 'figures' | 'records'>, bits: number, other: number): Joined {
  const [now, before] = [countsAt(part, bits), countsAt(part, other)]
  return { ...now, unions: before.persons - now.persons, before }
}

/** Above the strongest pair, records are joined by nothing but decisions, which the figures do not tell. */
function countsAt({ figures, records }: Pick<IdentityPart, 'figures' | 'records'>, bits: number): Joined['before'] {
  const isJoined = (figures[0]?.bits ?? -Infinity) >= bits
  const { clusters, mergedRecords } = figuresAt(figures, bits)
  return isJoined ? { persons: clusters, merged: mergedRecords } : { persons: records, merged: 0 }
}

export function forgetIdentityPart(): void {
  latest += 1
  useIdentityPart.setState(useIdentityPart.getInitialState(), true)
}
