import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { Input } from '#contract/contract'
import { openApp } from '../support/render-app.tsx'

test('accounts that were never scored: the way to their scores, then the list and its panel', async () => {
  const { user } = openApp('#/scores', { units: 60 })
  await screen.findByRole('grid', { name: 'Workspaces by score' })
  await user.click(screen.getByRole('radio', { name: 'Accounts' }))
  await screen.findByText('Accounts have not been scored yet')
  await user.click(screen.getByRole('button', { name: 'Score accounts' }))
  const grid = await screen.findByRole('grid', { name: 'Accounts by score' })
  await within(grid).findAllByText('Hot PQL')
  expect(within(grid).getByRole('columnheader', { name: /Account/ })).toBeDefined()
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  fireEvent.keyDown(grid, { key: 'Enter' })
  const panel = await screen.findByRole('complementary', { name: 'Account' })
  await within(panel).findByText('Top reasons')
  expect(window.location.hash).toMatch(/^#\/scores\/account\/./)
  await user.click(screen.getByRole('radio', { name: 'Workspaces' }))
  expect(window.location.hash).toBe('#/scores')
  await screen.findByRole('grid', { name: 'Workspaces by score' })
  expect(screen.queryByRole('complementary')).toBeNull()
})

test('accounts were scored and there is none: it is said, and the way is to the domains', async () => {
  const { user, client } = openApp('#/scores', { units: 60 })
  await screen.findByRole('grid', { name: 'Workspaces by score' })
  const { 'score.order': read } = client
  Object.assign(client, {
    'score.order': async (input: Input<'score.order'>) =>
      input.level === 'account'
        ? { runId: 2, total: 0, matching: 0, columns: { order: new Uint32Array() } }
        : await read(input),
  })
  await user.click(screen.getByRole('radio', { name: 'Accounts' }))
  await screen.findByText('No workspace has a known account')
  expect(screen.queryByRole('button', { name: 'Clear the filter' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Go to Identity, Domains' }))
  await screen.findByRole('tab', { name: 'Domains', selected: true })
})

test('users by their own score; a row opens the workspace, a search says when nobody fits', async () => {
  const { user } = openApp('#/scores', { units: 120 })
  await user.click(await screen.findByRole('radio', { name: 'Users' }))
  const grid = await screen.findByRole('grid', { name: 'Users by own score' })
  await waitFor(() => expect(Number(grid.getAttribute('aria-rowcount'))).toBeGreaterThan(120))
  const own = within(grid).getByRole('columnheader', { name: /Own score/ })
  expect(own.getAttribute('aria-sort')).toBe('descending')
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  fireEvent.keyDown(grid, { key: 'Enter' })
  await screen.findByRole('complementary', { name: 'Workspace' })
  const field = screen.getByRole('textbox', { name: 'Search people and workspaces' })
  fireEvent.change(field, { target: { value: 'nobody-at-all' } })
  await screen.findByText('Nobody fits the search')
  await user.click(screen.getByRole('button', { name: 'Clear the search' }))
  await screen.findByRole('grid', { name: 'Users by own score' })
})

test('the address of a list of another level leads to that list', async () => {
  openApp('#/scores/user/', { units: 60 })
  await screen.findByRole('grid', { name: 'Users by own score' })
  window.location.hash = '#/scores'
  await screen.findByRole('grid', { name: 'Workspaces by score' })
})

test('the list is written as it is seen, and where it is is said', async () => {
  const { user, client } = openApp('#/scores', { units: 60 })
  const written = vi.spyOn(client, 'score.export')
  await screen.findByRole('grid', { name: 'Workspaces by score' })
  await user.click(screen.getByRole('button', { name: /^Hot PQL/ }))
  await user.click(screen.getByRole('button', { name: 'Write this list to a file' }))
  await screen.findByText(/workspaces_by_score.csv is in/)
  const [input] = written.mock.calls[0] ?? []
  expect(input).toMatchObject({ sort: 'score', descending: true, filter: { stages: ['Hot PQL'] }, level: 'workspace' })
  await user.click(screen.getByRole('radio', { name: 'Users' }))
  await screen.findByRole('grid', { name: 'Users by own score' })
  await user.click(screen.getByRole('button', { name: 'Write this list to a file' }))
  await screen.findByText(/users_by_score.csv is in/)
})
