import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { Client, Input } from '#contract/contract'
import { figuresAt } from '../../../renderer/src/state/identity-thresholds.ts'
import {
  changeQueue,
  dropRows,
  forgetQueue,
  loadQueue,
  pairId,
  useReviewQueue,
} from '../../../renderer/src/state/review-queue.ts'
import { differingParts } from '../../../renderer/src/views/Identity/differing-parts.ts'
import { fakeCandidates } from '../support/fake-candidates.ts'

afterEach(() => forgetQueue())

test('what is answered leaves the list, and what was shown, or came next, is shown', () => {
  const rows = fakeCandidates().slice(0, 12)
  fc.assert(
    fc.property(fc.nat(11), fc.subarray([...rows.keys()]), (active, gone) => {
      useReviewQueue.setState({ rows, active, picked: rows.map(({ pair }) => pairId(pair)) })
      dropRows(gone.map(place => pairId(rows[place]?.pair ?? { question: 'persons', a: '', b: '' })))
      const state = useReviewQueue.getState()
      const next = rows.findIndex((_row, place) => place >= active && !gone.includes(place))
      const shown = state.rows[state.active]
      expect(state.rows).toEqual(rows.filter((_row, place) => !gone.includes(place)))
      expect(state.picked).toHaveLength(rows.length - gone.length)
      expect(shown).toEqual(next >= 0 ? rows[next] : state.rows.at(-1))
    }),
  )
})

test('the figures at a cut are those of the lowest threshold that is not below it', () => {
  const figures = [20, 12.5, 7, 3].map((bits, i) => ({
    bits,
    clusters: 9 - i,
    mergedRecords: i * 2,
    largest: i,
    refused: i,
  }))
  fc.assert(
    fc.property(fc.double({ min: -5, max: 25, noNaN: true }), cut => {
      const slow = figures.filter(({ bits }) => bits >= cut).at(-1)
      expect(figuresAt(figures, cut).mergedRecords).toBe(slow?.mergedRecords ?? 0)
    }),
  )
})

type Case = Readonly<{ why: string; left: string | null; right: string | null; want: readonly [string, string] }>

test.each<Case>([
  { why: 'what differs in the middle is marked', left: 'Ana Silva', right: 'Ana M. Silva', want: ['', 'M. '] },
  { why: 'what is missing at the end is marked', left: 'Norvane', right: 'Norvane, Inc.', want: ['', ', Inc.'] },
  { why: 'next to nothing in common is not marked', left: 'director', right: 'senior', want: ['', ''] },
  { why: 'nothing on one side is not marked', left: 'PT', right: null, want: ['', ''] },
])('$why', ({ left, right, want }) => {
  const parts = differingParts({ left, right, state: 'different' })
  expect(parts.map(part => part?.[1] ?? '')).toEqual(want)
  expect(parts.map(part => part?.join('') ?? null)).toEqual([left, right])
})

/** Answers with nothing but how many are left out, and keeps what was asked. */
function fakeClient(): Pick<Client, 'review.queue'> & { asked: Input<'review.queue'>[] } {
  const asked: Input<'review.queue'>[] = []
  return {
    asked,
    'review.queue': async input => {
      asked.push(input)
      const ties = { total: 0, shown: null }
      return { state: 's', matching: 0, little: input.leastEffect === 0 ? 0 : 12, following: 0, ties, candidates: [] }
    },
  }
}

test('candidates of little effect are left out of what waits for an answer, and nowhere else', async () => {
  const client = fakeClient()
  await loadQueue(client)
  expect(useReviewQueue.getState()).toMatchObject({ little: 12, showsLittle: false })
  await changeQueue(client, { showsLittle: true })
  expect(useReviewQueue.getState().little).toBe(0)
  await changeQueue(client, { showsLittle: false, search: 'jane' })
  await changeQueue(client, { search: '', view: 'watch' })
  await changeQueue(client, { view: 'open' })
  const lists = client.asked.filter(({ limit }) => limit !== 1)
  expect(lists.map(({ leastEffect }) => leastEffect)).toEqual([1, 0, 0, 0, 1])
  const elsewhere = client.asked.filter(({ limit }) => limit === 1)
  expect(elsewhere.map(({ bands, search }) => [bands?.[0], search])).toEqual([
    ['auto', 'jane'],
    ['watch', 'jane'],
    ['decided', 'jane'],
  ])
})
