import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Input, Output } from '#contract/contract'
import { forgetProject } from '../../../renderer/src/state/session.ts'
import { openApp } from '../support/render-app.tsx'

afterEach(() => forgetProject())

type Tie = NonNullable<Output<'review.queue'>['ties']['shown']>
const account = (key: string, title: string) => ({ object: 'account', key, title, subtitle: 'tarnbrook.com' }) as const
const tieOf = (one: string, other: string): Tie => ({
  accounts: [account(one, 'Tarnbrook Inc.'), account(other, 'Tarnbrook')],
  later: { question: 'signups', a: `u-${one}`, b: one },
  isPutOff: false,
  sources: [
    { tools: ['HubSpot'], place: { file: 'companies.csv', line: 7 } },
    { tools: [], place: { file: 'accounts.csv', line: 3 } },
  ],
  sentence: 'Both state tarnbrook.com and fit equally: 8 new users wait for which of the two is right.',
  waiting: { companies: 0, accounts: 0, signups: 8 },
  fields: [{ name: 'contacts', left: '3', right: '0', state: 'different' }],
})

/** The room with ties among its sign-ups: 16 candidates follow from them, and nothing else is open. */
function openWithTies(first: readonly Tie[]) {
  const ties = [...first]
  const app = openApp('#/identity')
  const { client } = app
  const settled: Input<'review.settle'>[] = []
  const decided: Input<'review.decide'>[] = []
  const asked: Input<'review.queue'>[] = []
  const { 'review.queue': queue, 'identity.overview': overview } = client
  const withTies = (counts: Output<'identity.overview'>['counts']) =>
    counts.map(own =>
      own.question === 'signups'
        ? {
            ...own,
            review: 0,
            reconfirm: 0,
            ambiguous: 8 * 2 * ties.length,
            following: 8 * 2 * ties.length,
            ties: ties.length,
          }
        : own,
    )
  Object.assign(client, {
    'identity.overview': async () => {
      const found = await overview({})
      return { ...found, counts: withTies(found.counts) }
    },
    'review.queue': async (input: Input<'review.queue'>) => {
      asked.push(input)
      const page = await queue(input)
      if (input.question !== 'signups') return page
      const shown = ties[Math.min(input.tie ?? 0, ties.length - 1)] ?? null
      const rows = input.foldsTies === true ? [] : page.candidates.slice(0, 16 * ties.length)
      const following = input.foldsTies === true ? 16 * ties.length : 0
      return { ...page, candidates: rows, matching: rows.length, following, ties: { total: ties.length, shown } }
    },
    'review.decide': async (input: Input<'review.decide'>) => {
      const [pair] = input.answers.map(answer => answer.pair)
      const at = ties.findIndex(({ later }) => later?.a === pair?.a)
      const [tie] = ties.splice(at, 1)
      if (tie !== undefined) ties.push({ ...tie, isPutOff: true })
      decided.push(input)
      const { state, counts, steps } = await overview({})
      return {
        state,
        steps,
        decisionNos: [1],
        kept: 1,
        contradictions: [],
        samples: [],
        counts: withTies(counts),
      } satisfies Output<'review.decide'>
    },
    'review.settle': async (input: Input<'review.settle'>) => {
      settled.push(input)
      ties.splice(
        ties.findIndex(tie => tie.accounts.some(({ key }) => key === input.account)),
        1,
      )
      const { state, counts, steps } = await overview({})
      return { state, steps, kept: 3, followed: 5, contradictions: [], counts: withTies(counts) }
    },
  })
  return { ...app, settled, decided, asked }
}

async function openSignups(first: readonly Tie[]) {
  const app = openWithTies(first)
  const chip = within(await screen.findByRole('group', { name: 'Question' })).getByRole('button', { name: /^Sign-ups/ })
  await app.user.click(chip)
  return { ...app, chip }
}

test('of accounts that fit equally one question is asked first, and settles what follows by one key', async () => {
  const { user, settled, chip } = await openSignups([tieOf('001', '002')])
  const question = await screen.findByRole('region', { name: 'Which of these two accounts is right?' })
  expect(chip.textContent).toBe('Sign-ups1')
  expect(question.textContent).toContain('8 new users wait')
  expect(within(question).getByRole('row', { name: /Contacts 3 Different 0/ })).toBeTruthy()
  expect(within(question).getByRole('button', { name: 'HubSpot · companies.csv, line 7' })).toBeTruthy()
  expect(within(question).getByRole('button', { name: 'accounts.csv, line 3' })).toBeTruthy()
  expect(within(question).getByRole('button', { name: /^Tarnbrook Inc\. HubSpot 001/ })).toBeTruthy()
  expect(within(question).getByText(/16 candidates follow from it/)).toBeTruthy()
  expect(screen.queryByText('Nothing waits for an answer')).toBeNull()
  await user.keyboard('2')
  await waitFor(() => expect(settled).toEqual([{ accounts: ['001', '002'], account: '002' }]))
  await screen.findByText(/8 settled: Tarnbrook \(002\) is right\. Z takes it back\./)
  expect(chip.textContent).toBe('Sign-ups0')
})

test('what follows is shown one by one on request, and the counter with it', async () => {
  const { user, chip, asked } = await openSignups([tieOf('001', '002')])
  await user.click(await screen.findByRole('button', { name: 'Show one by one' }))
  await screen.findByRole('region', { name: 'Candidates' })
  expect(asked.at(-1)).toMatchObject({ foldsTies: false })
  expect(chip.textContent).toBe('Sign-ups16')
  await user.click(screen.getByRole('button', { name: 'Compare both rows' }))
  expect(screen.getByRole('row', { name: /Contacts 3 Different 0/ })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Leave it out' }))
  await waitFor(() => expect(chip.textContent).toBe('Sign-ups1'))
})

test('of several such questions each can be looked at, and is settled for itself', async () => {
  const { user, chip, settled } = await openSignups([tieOf('001', '002'), tieOf('003', '004')])
  const question = await screen.findByRole('region', { name: 'Which of these two accounts is right?' })
  expect(chip.textContent).toBe('Sign-ups2')
  await user.click(within(question).getByRole('button', { name: 'Next' }))
  await user.click(await screen.findByRole('button', { name: /Tarnbrook 004/ }))
  await waitFor(() => expect(settled).toEqual([{ accounts: ['003', '004'], account: '004' }]))
  await waitFor(() => expect(screen.getByRole('button', { name: /Tarnbrook 002/ })).toBeTruthy())
  expect(chip.textContent).toBe('Sign-ups1')
  expect(screen.getByText('8 settled: Tarnbrook (004) is right. Z takes it back.')).toBeTruthy()
})

test('keys go to the next such question and back, show the rows, and put it off', async () => {
  const { user, decided } = await openSignups([tieOf('001', '002'), tieOf('003', '004'), tieOf('005', '006')])
  const shown = (key: string) => screen.findByRole('button', { name: new RegExp(`Tarnbrook ${key}`) })
  await shown('002')
  await user.keyboard('j')
  await shown('004')
  await user.keyboard('kk')
  await shown('006')
  await user.keyboard('j')
  await shown('002')
  await user.keyboard('s')
  await shown('004')
  expect(decided).toEqual([{ answers: [{ pair: { question: 'signups', a: 'u-001', b: '001' }, answer: 'skip' }] }])
  await screen.findByText('Put off: which of Tarnbrook Inc. (001) and Tarnbrook (002) is right. Z takes it back.')
  await user.keyboard('k')
  await shown('002')
  expect(screen.getByText('Put off ·')).toBeTruthy()
  await user.keyboard('e')
  await screen.findByRole('dialog', { name: 'The rows as they stand' })
})
