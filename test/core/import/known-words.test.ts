import { expect, test } from 'vitest'
import { readFile } from './read-file.ts'

const notesOf = (file: string, text: string): readonly (readonly [string | undefined, number | undefined, string])[] =>
  readFile(file, text).result.notes.map(({ column, count, message }) => [column, count, message])

const subscriptions = (...words: string[]): string =>
  `subscription_id,workspace_id,status,mrr\n${words.map((word, i) => `s${i},w${i},${word},10\n`).join('')}`

test('a status that the scores cannot read is told with its words, most frequent first', () => {
  const words = ['aktiv', 'active', 'Gekündigt', 'Gekündigt', 'Past Due', 'in_trial', 'paused', '']
  expect(notesOf('subscriptions.csv', subscriptions(...words))).toEqual([
    [
      'status',
      3,
      'status: nothing acts on "Gekündigt" (2), "aktiv" (1), no known words for active, trialing, past_due, canceled; kept as written.',
    ],
  ])
})

test.each([
  [
    'workspaces.csv',
    'workspace_id,workspace_name,workspace_status',
    ['active', 'Deleted', 'gelöscht', 'suspended'],
    'gelöscht',
  ],
  [
    'workspaces.csv',
    'workspace_id,workspace_name,workspace_type',
    ['prod', 'Sandbox', 'QA', 'pre-prod', 'team', 'Zukunft'],
    'Zukunft',
  ],
  ['workspaces.csv', 'workspace_id,workspace_name,paid_status', ['Paying', 'free trial', 'free', 'Bezahlt'], 'Bezahlt'],
  ['crm_users.csv', 'owner_id,email,team', ['SDR', 'csm', 'Account Executive', 'AE'], 'Account Executive'],
])('so are words of %s (%s)', (file, header, words, unread) => {
  const text = `${header}\n${words.map((word, i) => `i${i},a${i}@b.example,${word}\n`).join('')}`
  const found = readFile(file, text)
  expect(found.result.notes.filter(({ code }) => code === 'note/unlisted-values')).toMatchObject([
    { count: 1, message: expect.stringContaining(`: nothing acts on "${unread}" (1), no known words for`) },
  ])
  expect(found.result.held).toBe(0)
})

test('words that the scores read say nothing, and other columns of free text have no words', () => {
  expect(notesOf('subscriptions.csv', subscriptions('live', 'non-renewing', 'Trialing', 'CANCELLED'))).toEqual([])
  expect(notesOf('users.csv', 'user_id,department\nu1,Vertrieb\n')).toEqual([])
})
