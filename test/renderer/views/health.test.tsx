import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

const checks = () => screen.findByRole('grid', { name: 'Checks' })

test('by keyboard alone: down, Enter, read why, Esc', async () => {
  openApp('#/health')
  const grid = await checks()
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  fireEvent.keyDown(grid, { key: 'Enter' })
  const panel = await screen.findByRole('complementary', { name: 'Events without a workspace' })
  expect(panel.textContent).toContain('events of 60,000, 12 %')
  expect(panel.textContent).toContain('They count nowhere and earn no points.')
  within(panel).getByRole('button', { name: 'Add exports' })
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  await screen.findByRole('complementary', { name: 'Bot sign-ups' })
  fireEvent.keyDown(window, { key: 'Escape' })
  await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull())
})

test('the rows behind a check lead to the event with its file and line', async () => {
  const { user, client } = openApp('#/health')
  await user.click(within(await checks()).getByText('Events without a workspace'))
  const rows = await screen.findByRole('grid', { name: 'Rows behind it' })
  expect(rows.getAttribute('aria-rowcount')).toBe('7201')
  fireEvent.keyDown(rows, { key: 'ArrowDown' })
  fireEvent.keyDown(rows, { key: 'Enter' })
  const dialog = await screen.findByRole('dialog')
  expect(dialog.textContent).toContain('events.csv.gz, line 1,000')
  expect(dialog.textContent).toContain('e_0')
  expect(client.calls.filter(name => name === 'health.rows')).toHaveLength(1)
})

test('only checks that stand so are shown, and that none does is said', async () => {
  const { user } = openApp('#/health')
  await checks()
  await user.click(screen.getByRole('button', { name: /^Warning/ }))
  expect((await checks()).getAttribute('aria-rowcount')).toBe('2')
  await user.click(screen.getByRole('button', { name: /^Warning/ }))
  expect((await checks()).getAttribute('aria-rowcount')).toBe('5')
})

test('without a report the data are checked at once; without data there is nothing to check', async () => {
  const { client } = openApp('#/health', { isChecked: false })
  await checks()
  expect(client.calls).toContain('health.run')
  openApp('#/health', { isImported: false, isScored: false })
  await screen.findByText('There are no data to check')
})

test('a report that is older than the data says so, and is made again', async () => {
  const { user, client } = openApp('#/health', { isStale: true })
  await checks()
  const banner = await screen.findByText('The data, or what reads them, has changed since this check.')
  await user.click(within(banner.parentElement as HTMLElement).getByRole('button', { name: 'Check again' }))
  await waitFor(() => expect(screen.queryByText(/has changed since this check/)).toBeNull())
  expect(client.calls).toContain('health.run')
})

test('tables: joins, freshness, and a share for every column or that no file has it', async () => {
  const { user } = openApp('#/health')
  await checks()
  await user.click(screen.getByRole('tab', { name: 'Tables' }))
  const joins = await screen.findByRole('table', { name: 'Join coverage' })
  expect(within(joins).getByRole('row', { name: /Users ?to ?Workspaces/ }).textContent).toContain('> 99 %')
  const fill = screen.getByRole('table', { name: 'Completeness per column' })
  expect(within(fill).getByText('job_title').parentElement?.textContent).toBe('job_title48 %')
  expect(within(fill).getByText('phone').parentElement?.textContent).toBe('phoneabsent')
})

test('a workspace is chosen by name, and looked at as of another day', async () => {
  const { user, client } = openApp('#/health')
  await checks()
  await user.click(screen.getByRole('tab', { name: 'Workspace as of' }))
  await screen.findByRole('heading', { name: 'Tarnbrook Labs' })
  const picker = screen.getByRole('textbox', { name: 'Workspace' })
  await user.click(picker)
  await user.keyboard('velm')
  await screen.findByText('Velmora Analytics')
  await user.keyboard('{ArrowDown}{Enter}')
  await screen.findByRole('heading', { name: 'Velmora Analytics' })
  fireEvent.change(screen.getByLabelText(/as of the end of/), { target: { value: '2026-04-15' } })
  await screen.findByRole('button', { name: 'Back to the day of the check' })
  expect(client.calls.filter(name => name === 'health.workspace').length).toBeGreaterThan(2)
})

test('the activation rule: a change shows its effect, is applied with the rest of the model, or is reset', async () => {
  const { user, client } = openApp('#/health')
  await checks()
  await user.click(screen.getByRole('tab', { name: 'Activation' }))
  const effect = await screen.findByRole('region', { name: 'Effect' })
  expect(effect.textContent).toContain('54 % of 590 workspaces activated')
  const apply = screen.getByRole('button', { name: 'Apply as a new model version' })
  expect((apply as HTMLButtonElement).disabled).toBe(true)
  await user.click(screen.getByRole('button', { name: 'Remove test 2 of primary milestone' }))
  await screen.findByText('80 workspaces more activated, 41 workspaces at another time.')
  expect(screen.getByRole('row', { name: /Workspaces activated/ }).textContent).toContain('320400')
  await user.click(screen.getByRole('button', { name: 'Reset' }))
  await screen.findByText(/This is the rule in force/)
  await user.click(screen.getByRole('button', { name: 'Remove test 2 of primary milestone' }))
  await user.click(apply)
  await waitFor(() => expect(client.calls).toContain('model.apply'))
})
