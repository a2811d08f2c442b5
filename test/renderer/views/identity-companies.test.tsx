import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Input } from '#contract/contract'
import { forgetProject } from '../../../renderer/src/state/session.ts'
import { openApp } from '../support/render-app.tsx'

afterEach(() => forgetProject())

test('the card of a workspace and an account names records of one company in two sources, and opens the one asked about', async () => {
  const { client, user } = openApp('#/identity')
  const asked: Input<'review.card'>['pair'][] = []
  const { 'review.card': read } = client
  Object.assign(client, {
    'review.card': (input: Input<'review.card'>) => {
      asked.push(input.pair)
      return read(input)
    },
  })
  const questions = await screen.findByRole('group', { name: 'Question' })
  await user.click(within(questions).getByRole('button', { name: /^Accounts/ }))
  const pairs = await screen.findByRole('region', { name: 'One company in two sources' })
  expect(within(pairs).getByRole('listitem').textContent).toBe(
    'Tarnbrook Inc. acc_77 and Tarnbrook cus_77one companyOne company: tax id DE123456789.',
  )
  const rivals = screen.getByRole('region', { name: 'Accounts of two sources' })
  expect(within(rivals).getByRole('listitem').textContent).toBe(
    'Tarnbrook Group 001A and Tarnbrook Inc. acc_77Accounts of two sources (salesforce and hubspot): both state tarnbrook.com.',
  )
  expect(within(rivals).queryByRole('button')).toBeNull()
  await user.click(within(pairs).getByRole('button'))
  await waitFor(() => expect(asked).toContainEqual({ question: 'companies', a: 'acc_77', b: 'cus_77' }))
})
