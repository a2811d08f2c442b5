import { expect, test } from 'vitest'
import { impactSentence } from '../../../../core/app/review/impact-words.ts'

type Units = Parameters<typeof impactSentence>[1]
const PAIR = { question: 'accounts', a: 'w1', b: 'acc1' } as const
const JASPER: Units[number] = {
  unitId: 'w1',
  unitName: 'Jasper',
  score: 40,
  stage: 'hot',
  destination: 'csm',
  owner: 'CSM team',
  workspaces: 1,
}
const unit = (change: Partial<Units[number]>): Units[number] => ({ ...JASPER, ...change })

test.each<{ why: string; after: Units[number]; sentence: string }>([
  {
    why: 'another owner alone is a change, too',
    after: unit({ owner: 'Dana Kohl' }),
    sentence: 'One workspace changes; score stays 40.0; stage stays hot; route stays CSM; owner CSM team → Dana Kohl',
  },
  {
    why: 'an owner that stays is not told',
    after: unit({ score: 41 }),
    sentence: 'One workspace changes; score 40.0 → 41.0; stage stays hot; route stays CSM',
  },
  { why: 'nobody is an owner, too', after: unit({ owner: null }), sentence: 'owner CSM team → nobody' },
  {
    why: 'nothing changes',
    after: unit({}),
    sentence: 'It concerns one workspace; no score, stage, route or owner changes',
  },
])('$why', ({ after, sentence }) => {
  expect(impactSentence(PAIR, [unit({})], [after])).toContain(sentence)
})
