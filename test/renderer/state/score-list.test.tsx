import { afterEach, expect, test } from 'vitest'
import {
  changeFilter,
  contractFilter,
  fetchVisible,
  forgetScores,
  loadOrder,
  NO_FILTER,
  sortBy,
  useScoreList,
} from '../../../renderer/src/state/score-list.ts'
import { fakeClient } from '../support/fake-client.ts'

afterEach(() => {
  forgetScores()
  useScoreList.setState({ filter: NO_FILTER, sort: 'score', isDescending: true })
})

test('the outer edge of a range is outside, but for 100', () => {
  expect([
    contractFilter({ ...NO_FILTER, range: [62, 80] }),
    contractFilter({ ...NO_FILTER, range: [0, 100] }),
  ]).toEqual([
    { search: '', stages: [], destinations: [], minScore: 62, maxScore: 79.9 },
    { search: '', stages: [], destinations: [] },
  ])
})

test('only what is on screen and a little beyond is fetched, and only once', async () => {
  const client = fakeClient({ units: 2000 })
  await loadOrder(client)
  await fetchVisible(client, 0, 20)
  await fetchVisible(client, 0, 20)
  const held = Object.keys(useScoreList.getState().rows).length
  expect({ held, asked: client.calls.filter(name => name === 'score.rows').length }).toEqual({ held: 200, asked: 1 })
})

test('an answer that was overtaken is dropped', async () => {
  const client = fakeClient({ units: 300 })
  const slow: (() => void)[] = []
  const late = {
    ...client,
    'score.order': async (input: Parameters<(typeof client)['score.order']>[0]) => {
      if (input.filter.search === 'north') await new Promise<void>(done => slow.push(done))
      return await client['score.order'](input)
    },
  }
  const first = changeFilter(late, { search: 'north' })
  await changeFilter(late, { search: '' })
  for (const release of slow) release()
  await first
  expect(useScoreList.getState().order).toHaveLength(300)
})

test('the same column again turns the order round; names begin at A', async () => {
  const client = fakeClient({ units: 10 })
  await sortBy(client, 'score')
  const turned = useScoreList.getState().isDescending
  await sortBy(client, 'name')
  expect([turned, useScoreList.getState().isDescending]).toEqual([false, false])
})
