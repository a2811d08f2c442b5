import { expect, test } from 'vitest'
import { tiesText } from '../../cli/ties-text.ts'
import { startAlike } from '../core/app/review/alike-accounts.ts'

test('`pql identity` names what is asked first, and counts what follows from it', async () => {
  const { client, path } = await startAlike()
  const exported = await client['identity.export']({ target: path('out'), overwrite: false, proposeWeights: false })
  expect(tiesText(exported.ties)).toEqual([
    'Asked first, in the app under Identity; what is "following" is settled by it:',
    '  Blueharbor Inc. (9001) or Blueharbor (9009): Both state blueharbor.io and fit equally: 1 billing record, 2 workspaces and 5 new users wait for which of the two is right.',
    '',
  ])
  const following = exported.counts.map(own => [own.question, own.following])
  expect(following).toContainEqual(['signups', 10])
})

test('of many the first ones are named, of none nothing is said', () => {
  expect(tiesText({ total: 3, sentences: ['A or B: both fit.'] })).toContain('  and 2 more')
  expect(tiesText({ total: 0, sentences: [] })).toEqual([])
})
