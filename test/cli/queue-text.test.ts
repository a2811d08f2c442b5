import { expect, test } from 'vitest'
import { type QueueHead, queueText, reconfirmText } from '../../cli/queue-text.ts'

type Candidate = QueueHead['waiting']['candidates'][number]

const side = (object: 'workspace' | 'account', key: string, title: string) => ({ object, key, title, subtitle: null })
const candidate: Candidate = {
  pair: { question: 'accounts', a: 'w1', b: 'acc1' },
  band: 'reconfirm',
  bits: 4.5,
  left: side('workspace', 'w1', 'Unit 1'),
  right: side('account', 'acc1', 'Acme'),
  relation: null,
  strongest: 'domain (acme.com)',
  uncertainty: 0.5,
  effect: null,
  isJudged: false,
  isHeld: false,
  isSkipped: false,
  decision: null,
}
const none = { matching: 0, candidates: [] }
const head: QueueHead = { question: 'accounts', ties: { total: 0, shown: null }, waiting: none, reconfirm: none }

test('an answer that waits to be confirmed again is named, with how many more there are', () => {
  expect(reconfirmText([head])).toEqual([])
  const lines = reconfirmText([{ ...head, reconfirm: { matching: 3, candidates: [candidate] } }])
  expect(lines[0]).toBe('Answers about accounts that wait to be confirmed again, as their evidence has changed:')
  expect(lines[1]).toMatch(/^Unit 1 \(w1\) +Acme \(acc1\) +\+4\.5\S* +domain \(acme\.com\)$/m)
  expect(lines.slice(2)).toEqual(['and 2 more', ''])
})

test('what is asked first of several accounts stands before the candidates', () => {
  const shown = {
    accounts: [side('account', '9001', 'Acme'), side('account', '9009', 'Acme Inc.')],
    sources: [],
    later: null,
    isPutOff: false,
    sentence: 'Both fit equally: 2 workspaces wait for which of the two is right.',
    waiting: { companies: 0, accounts: 2, signups: 0 },
    fields: [],
  }
  const text = queueText(
    [],
    [{ ...head, ties: { total: 4, shown }, waiting: { matching: 1, candidates: [candidate] } }],
  )
  expect(text.split('\n').filter(line => /^(?:Asked| {2}Acme)/.test(line))).toEqual([
    'Asked first about accounts, in the app under Identity (and 3 more):',
    '  Acme (9001) or Acme Inc. (9009): Both fit equally: 2 workspaces wait for which of the two is right.',
    'Asked next about accounts:',
  ])
})
