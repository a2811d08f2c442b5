import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

async function openIcp() {
  const app = openApp('#/routing')
  await screen.findByRole('table', { name: 'Rules in their order' })
  await app.user.click(screen.getByRole('tab', { name: 'ICP' }))
  await screen.findByText('No ICP rules')
  return app
}

test('a rule is added and changed, and who becomes what is shown with names', async () => {
  const { user } = await openIcp()
  await user.click(screen.getByRole('button', { name: 'Add a rule' }))
  const rules = await screen.findByRole('table', { name: 'ICP rules' })
  const points = within(rules).getByRole('spinbutton', { name: 'Points of rule 1' })
  await user.clear(points)
  await user.type(points, '85')
  const preview = screen.getByRole('complementary', { name: 'Who becomes what' })
  await within(preview).findByText('4 accounts move')
  expect(within(preview).getByRole('table', { name: 'Accounts by tier' }).textContent).toContain('A4+4')
  expect(within(preview).getByRole('table', { name: 'Accounts that move' }).textContent).toContain('Company of 9000')
  expect(rules.textContent).toContain('4 of 8')
  await user.tab()
  await user.click(screen.getByRole('button', { name: 'Undo the edit' }))
  await within(preview).findByText('No account moves')
})

test('a rule that says nothing is told and cannot be published', async () => {
  const { user } = await openIcp()
  await user.click(screen.getByRole('button', { name: 'Add a rule' }))
  await user.clear(await screen.findByRole('textbox', { name: 'Value of rule 1' }))
  const findings = await screen.findByRole('region', { name: 'Findings about the ICP rules' })
  expect(findings.textContent).toContain('Rule 1a value to compare employee_count with is missing')
  expect(screen.getByRole('button', { name: 'Review and publish' }).hasAttribute('disabled')).toBe(true)
})

test('a list is typed with commas, and a known field needs no value', async () => {
  const { user } = await openIcp()
  await user.click(screen.getByRole('button', { name: 'Add a rule' }))
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Comparison of rule 1' }), 'is one of')
  const value = screen.getByRole<HTMLInputElement>('textbox', { name: 'Value of rule 1' })
  await user.clear(value)
  await user.type(value, 'saas, fin')
  expect(value.value).toBe('saas, fin')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Comparison of rule 1' }), 'is known')
  await screen.findByText('whatever it is')
})

test('rules are reviewed by keyboard, published as a version of the model, and in force then', async () => {
  const { user, client } = await openIcp()
  await user.click(screen.getByRole('button', { name: 'Add a rule' }))
  const tier = screen.getByRole('spinbutton', { name: 'Score from which tier C is given' })
  await user.clear(tier)
  await user.type(tier, '15')
  await user.keyboard('{Control>}s{/Control}')
  const dialog = await screen.findByRole('dialog', { name: 'Review and publish' })
  expect(
    within(dialog)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['− Tier C from 40', '+ employee_count at least 200: +20', '+ Tier C from 15'])
  await user.click(within(dialog).getByRole('button', { name: 'Publish as a version of the model' }))
  await screen.findByText('The ICP rules are in force')
  await waitFor(() => expect(screen.queryByText(/not in force/)).toBeNull())
  expect(client.calls).toContain('routing.icpSave')
})
