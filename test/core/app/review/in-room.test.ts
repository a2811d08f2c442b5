import { expect, test } from 'vitest'
import { startAlike } from './alike-accounts.ts'

test('a list that answers come between is made of what holds afterwards', async () => {
  const { client } = await startAlike()
  const wanted = { question: 'accounts', foldsTies: false } as const
  const before = await client['review.queue'](wanted)
  const [first] = before.candidates
  if (first === undefined) throw new Error('a workspace has candidates')
  const [between, decided] = await Promise.all([
    client['review.queue'](wanted),
    client['review.decide']({ answers: [{ pair: first.pair, answer: 'same' }] }),
  ])
  expect(decided.kept).toBe(1)
  expect(between.state).not.toBe(before.state)
  expect(between).toEqual(await client['review.queue'](wanted))
  expect(between.candidates.map(({ pair }) => pair)).not.toEqual(before.candidates.map(({ pair }) => pair))
})
