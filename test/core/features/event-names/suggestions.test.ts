import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suggestKinds } from '#features'
import { DEFAULT_MODEL } from '#score'
import { areContrary, wordsOfName } from '../../../../core/features/event-names/name-words.ts'

const { taxonomy } = DEFAULT_MODEL
const bestOf = (name: string): string => {
  const [best] = suggestKinds([name], taxonomy)[0]?.likenesses ?? []
  return best === undefined ? 'nothing' : `${best.kind} ${best.score.toFixed(2)}`
}

test.each<readonly [why: string, name: string, want: string]>([
  ['the same words in another order', 'Pricing Page Visited', 'pricing_page_view 1.00'],
  ['a misspelt word is shared in part', 'Visited princing page', 'pricing_page_view 0.97'],
  ['nor is one that is too far from it', 'Visited prancing page', 'nothing'],
  ['words that mean the same', 'Workflow Executed', 'automation_run 1.00'],
  ['two words that are one', 'User Signed In', 'login 1.00'],
  ['one more word', 'Upgrade CTA Clicked', 'upgrade_click 0.79'],
  ['the contrary of a kind is none of it', 'Integration Failed', 'nothing'],
  ['a downgrade is no upgrade', 'Plan Downgraded Click', 'workspace_downgraded 0.79'],
  ['a word for having been done is not enough', 'Dashboard Viewed', 'nothing'],
  ['nor is one for what the screen shows', 'button_click', 'nothing'],
  ['a word that many names have is not enough', 'api key created', 'nothing'],
  ['nor is it beside a word that is none of the kind', 'Key Pressed', 'nothing'],
  ['all words alike, though each says little', 'Key Action Done', 'key_action_completed 1.00'],
  ['one word that says little is nothing, though it is all', 'Event Created', 'nothing'],
  ['what ends was not started', 'Trial Expired', 'nothing'],
  ['nothing in common', 'Elephant', 'nothing'],
  ['no letter a-z', '日本語', 'nothing'],
])('%s: %s', (_why, name, want) => {
  expect(bestOf(name)).toBe(want)
})

test('a suggestion names the words that count, each as it is written', () => {
  expect(suggestKinds(['Pricing Page Visited', 'zzz'], taxonomy)).toEqual([
    {
      name: 'Pricing Page Visited',
      likenesses: [
        {
          kind: 'pricing_page_view',
          like: 'pricing_page_view',
          score: 1,
          why: 'looks like pricing_page_view: shares pricing, page, visited (view)',
        },
      ],
    },
  ])
})

test.each<readonly [why: string, name: string, want: string | undefined]>([
  ['a seat is a member', 'Seat Added', 'member_joined'],
  ['a word for having been done is none, with its ending doubled too', 'Comment Added', undefined],
  ['the same thing, done by another word', 'Export Run', 'report_exported'],
])('with kinds of a product: %s', (_why, name, want) => {
  const own = ['member_joined', 'report_exported'].map(kind => ({ kind, category: 'other', match: [] }))
  expect(suggestKinds([name], own as never)[0]?.likenesses[0]?.kind).toBe(want)
})

test('rivals are told, the likeliest first', () => {
  const [found] = suggestKinds(['Teammate Invite Accepted'], taxonomy)
  expect(found?.likenesses.map(({ kind }) => kind)).toEqual(['invite_accepted', 'invite_sent'])
})

test('likeness is between a half and one, and the names of kinds are most like themselves', () => {
  fc.assert(
    fc.property(fc.constantFrom(...taxonomy.map(({ kind }) => kind)), kind => {
      const [own] = suggestKinds([kind], taxonomy)
      expect(own?.likenesses[0]).toMatchObject({ kind, score: expect.closeTo(1, 9) })
      for (const { score } of own?.likenesses ?? []) expect(score >= 0.5 && score <= 1 + 1e-9).toBe(true)
    }),
  )
})

test.each<readonly [one: string, other: string, want: boolean]>([
  ['integration_installed', 'integration_removed', true],
  ['task_completed', 'task_failed', true],
  ['task_completed', 'task_done', false],
  ['trial_started', 'trial_ended', true],
  ['lock_door', 'unlock_door', true],
])('%s and %s are contrary: %s', (one, other, want) => {
  expect(areContrary(wordsOfName(one), wordsOfName(other))).toBe(want)
})
