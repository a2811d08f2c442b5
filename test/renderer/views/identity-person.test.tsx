import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { useIdentity } from '../../../renderer/src/state/identity-overview.ts'
import { forgetProject } from '../../../renderer/src/state/session.ts'
import { openApp } from '../support/render-app.tsx'

afterEach(() => forgetProject())

const rows = (): (string | null)[] =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map(row => row.textContent)

async function openValues(): Promise<ReturnType<typeof openApp>> {
  const app = openApp('#/identity')
  await app.user.click(await screen.findByRole('tab', { name: 'Groups' }))
  await app.user.click(await screen.findByRole('radio', { name: 'Values' }))
  await screen.findByRole('region', { name: 'Values of the person' })
  return app
}

test('the first group is shown without being chosen; its values say where they are from and why they hold', async () => {
  await openValues()
  expect(useIdentity.getState().tab).toBe('clusters')
  expect(rows()).toEqual([
    'nameAna Silvausers.csv, line 2 +1Most recordsPin',
    'A. Silvausers.csv, line 3fewer recordsPin',
    'job titleAnalystusers.csv, line 2Only value',
  ])
  expect(screen.getByText('u_900')).toBeTruthy()
})

test('steps say when and by what; one that nothing shows keeps its place', async () => {
  await openValues()
  const steps = within(screen.getByRole('list', { name: 'Steps of the person' })).getAllByRole('listitem')
  expect(steps.map(step => [...step.children].map(part => part.textContent))).toEqual([
    ['Anonymous', 'nothing shows it'],
    ['Signed up', expect.stringMatching(/^\d+ \w+ 2025$/), 'record of user u_0'],
    ['SSO', expect.stringMatching(/^\d+ \w+ 2026 or later$/), 'SSO subject of okta on the record of user u_1'],
    ['Billing admin', 'nothing shows it'],
  ])
})

test('a value is pinned and let go by keyboard', async () => {
  const { user } = await openValues()
  screen.getByRole('button', { name: 'Pin A. Silva as the name' }).focus()
  await user.keyboard('{Enter}')
  const unpin = await screen.findByRole('button', { name: 'Unpin the name: the records say it again' })
  expect(rows()[0]).toBe('nameA. Silvausers.csv, line 3PinnedUnpin')
  unpin.focus()
  await user.keyboard('{Enter}')
  await screen.findByRole('button', { name: 'Pin A. Silva as the name' })
  expect(rows()[0]).toContain('Ana Silva')
})

test('another source is believed first by keyboard', async () => {
  const { user } = await openValues()
  const crm = screen.getByRole('radio', { name: 'CRM' })
  expect(screen.getByRole('radio', { name: 'Product' })).toHaveProperty('checked', true)
  screen.getByRole('radio', { name: 'Product' }).focus()
  await user.keyboard('{ArrowRight}')
  await waitFor(() => expect(crm).toHaveProperty('checked', true))
  expect(screen.getByRole('radio', { name: 'Product' })).toHaveProperty('checked', false)
})

test('marked records are taken out for good; not all of them can be', async () => {
  const { user } = await openValues()
  const boxes = (): HTMLElement[] => screen.getAllByRole('checkbox', { name: /^Mark/ })
  const take = (): HTMLElement => screen.getByRole('button', { name: /out for good$/ })
  expect(take()).toHaveProperty('disabled', true)
  for (const box of boxes()) await user.click(box)
  expect(take()).toHaveProperty('disabled', true)
  await user.click(boxes()[0] as HTMLElement)
  expect(take().textContent).toBe('Take 2 records out for good')
  await user.click(take())
  await waitFor(() => expect(boxes()).toHaveLength(1))
})
