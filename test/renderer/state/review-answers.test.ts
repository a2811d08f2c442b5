import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Client } from '#contract/contract'
import { loadOverview } from '../../../renderer/src/state/identity-overview.ts'
import { answerShown } from '../../../renderer/src/state/review-answers.ts'
import { showCard } from '../../../renderer/src/state/review-card.ts'
import { candidateAt, changeQueue, pairId, useReviewQueue } from '../../../renderer/src/state/review-queue.ts'
import { forgetProject } from '../../../renderer/src/state/session.ts'
import { fakeClient } from '../support/fake-client.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  forgetProject()
})

/** A client that takes a candidate for settled as soon as who is who was found anew after an answer. */
function settling(): Readonly<{ client: Client; settledId: () => string | null }> {
  const client = fakeClient()
  const { 'identity.overview': overview, 'review.queue': queue, 'review.decide': decide } = client
  let [isAnswered, settled] = [false, null as string | null]
  Object.assign(client, {
    'review.decide': async (input: Parameters<typeof decide>[0]) => {
      isAnswered = true
      return await decide(input)
    },
    'identity.overview': async () => {
      const shown = candidateAt(useReviewQueue.getState(), 0)
      if (isAnswered && shown !== null) settled = pairId(shown.pair)
      return await overview({})
    },
    'review.queue': async (input: Parameters<typeof queue>[0]) => {
      const page = await queue(input)
      const candidates = page.candidates.filter(({ pair }) => pairId(pair) !== settled)
      return { ...page, candidates, matching: page.matching - (page.candidates.length - candidates.length) }
    },
  })
  return { client, settledId: () => settled }
}

test('what an answer has settled leaves the list as soon as the counts say so', async () => {
  const { client, settledId } = settling()
  await loadOverview(client)
  await changeQueue(client, { question: 'accounts' })
  const first = candidateAt(useReviewQueue.getState(), 0)
  if (first === null) throw new Error('the list has a first candidate')
  const shown = showCard(client, first.pair)
  await vi.advanceTimersByTimeAsync(500)
  await shown
  const answered = answerShown(client, 'same')
  await vi.advanceTimersByTimeAsync(30_000)
  await answered
  expect(settledId()).not.toBeNull()
  const ids = useReviewQueue.getState().rows.map(row => (row === null ? null : pairId(row.pair)))
  expect(ids).not.toContain(settledId())
  expect(ids.length).toBeGreaterThan(0)
})
