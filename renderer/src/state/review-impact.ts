import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import type { Progress } from '#contract/method'
import { AppError } from '#lib/errors'
import { keepNewest } from './keep-newest.ts'
import { type Pair, pairId } from './review-queue.ts'

type Impact = Output<'review.impact'>['impact']

/** What the answer to one candidate would do, where that takes a while. */
type ReviewImpact = Readonly<{
  status: 'idle' | 'working' | 'ready' | 'failed'
  /** Names the candidate and the state that it is of. */
  key: string
  said: Progress | null
  impact: Impact
  /** Why there is none. */
  message: string
}>

const NONE: ReviewImpact = { status: 'idle', key: '', said: null, impact: null, message: '' }
const MOST_KEPT = 30

export const useReviewImpact = create<ReviewImpact>()(() => NONE)
/** What was worked out, oldest first. */
const kept = new Map<string, Impact>()
let running: AbortController | null = null

type Asked = Readonly<{ pair: Pair; state: string }>

export function impactKey({ pair, state }: Asked): string {
  return `${state} ${pairId(pair)}`
}

/** Works out what an answer would do; what was begun for another candidate is given up. */
export async function workOutImpact(client: Pick<Client, 'review.impact'>, asked: Asked): Promise<void> {
  leaveImpact()
  const key = impactKey(asked)
  const known = kept.get(key)
  if (known !== undefined) return useReviewImpact.setState({ ...NONE, status: 'ready', key, impact: known })
  const own = new AbortController()
  running = own
  useReviewImpact.setState({ ...NONE, status: 'working', key })
  try {
    const { impact } = await client['review.impact'](
      { pair: asked.pair },
      { signal: own.signal, onProgress: said => void (running === own && useReviewImpact.setState({ said })) },
    )
    if (running !== own) return
    keepNewest(kept, key, impact, MOST_KEPT)
    useReviewImpact.setState({ status: 'ready', impact, said: null })
  } catch (error) {
    if (running !== own) return
    // The card is read anew where its ground has changed; until then there is nothing to say.
    const isOvertaken = error instanceof AppError && error.code === 'run/cancelled'
    const message = error instanceof Error ? error.message : String(error)
    useReviewImpact.setState(isOvertaken ? NONE : { status: 'failed', message, said: null })
  } finally {
    if (running === own) running = null
  }
}

/** Nobody looks at it any more. */
export function leaveImpact(): void {
  running?.abort()
  running = null
  useReviewImpact.setState(NONE)
}

/** What was worked out for earlier scores is worth nothing. */
export function forgetImpacts(): void {
  kept.clear()
  leaveImpact()
}
