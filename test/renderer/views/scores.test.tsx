import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

const list = () => screen.findByRole('grid', { name: 'Workspaces by score' })

test('by keyboard alone: down, Enter, read why, Esc', async () => {
  openApp('#/scores')
  const grid = await list()
  await within(grid).findAllByText('Hot PQL')
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  fireEvent.keyDown(grid, { key: 'Enter' })
  const panel = await screen.findByRole('complementary', { name: 'Workspace' })
  await within(panel).findByText('Top reasons')
  await within(panel).findByRole('table', { name: 'From the parts to the score' })
  fireEvent.keyDown(window, { key: 'Escape' })
  await waitFor(() => expect(screen.queryByRole('complementary', { name: 'Workspace' })).toBeNull())
})

test('the ledger adds up to the score, and a line leads to its events', async () => {
  const { user, client } = openApp('#/scores/ws_0000')
  await user.click(await screen.findByRole('tab', { name: 'Ledger' }))
  const ledger = await screen.findByRole('table', { name: 'Ledger' })
  const row = within(ledger).getByRole('row', { name: /Sum of all lines/ })
  expect(row.textContent).toContain('100.0')
  await user.click(within(ledger).getByText('Key action completed'))
  await screen.findByRole('button', { name: 'Key action completed, show all events' })
  expect((await screen.findAllByText(/events\.jsonl\.gz/)).length).toBeGreaterThan(0)
  expect(client.calls).toContain('score.events')
})

test('the routing tab shows every rule that was tried, with its values', async () => {
  const { user } = openApp('#/scores/ws_0000')
  await user.click(await screen.findByRole('tab', { name: 'Routing' }))
  const rules = await screen.findByRole('region', { name: 'Rules tried' })
  expect(within(rules).getAllByText('does not hold')).toHaveLength(3)
  expect(within(rules).getByText('score is 80 or more')).toBeDefined()
})

test('the routing tab says which channels go with the decision, and what a success manager is asked to do', async () => {
  const { user, client } = openApp('#/scores')
  const unitId = async (destination: string): Promise<string> => {
    const filter = { destinations: [destination] }
    const { columns } = await client['score.order']({ sort: 'id', descending: false, filter })
    const { rows } = await client['score.rows']({ unitNos: [...columns.order.slice(0, 1)] })
    return rows[0]?.unitId ?? ''
  }
  const open = async (destination: string): Promise<HTMLElement> => {
    window.location.hash = `#/scores/${await unitId(destination)}`
    const panel = await screen.findByRole('complementary', { name: 'Workspace' })
    await user.click(await within(panel).findByRole('tab', { name: 'Routing' }))
    return panel
  }
  expect(within(await open('csm')).getByText('Expand: help the team to grow.')).toBeDefined()
  const panel = await open('nurture')
  await within(panel).findByText('Also AE assist: yes, when all of')
  expect(within(panel).getByText('Instead In-app: no, when all of')).toBeDefined()
  expect(within(panel).queryByText('Play')).toBeNull()
})

test('search narrows the list and says by how much', async () => {
  const { user } = openApp('#/scores')
  await list()
  await user.keyboard('/')
  await user.keyboard('lumen')
  const status = await screen.findByText(/of 600/)
  expect(status).toBeDefined()
  await user.keyboard('xyz')
  await screen.findByText('No workspace fits the filter')
})

test('a stage is a filter', async () => {
  const { user } = openApp('#/scores')
  const grid = await list()
  await user.click(await screen.findByRole('button', { name: /^Hot PQL/ }))
  await waitFor(() => expect(Number(grid.getAttribute('aria-rowcount'))).toBeLessThan(300))
})

test('a hundred thousand workspaces: the order comes whole, the rows in pages', async () => {
  const { client } = openApp('#/scores', { units: 20_000 })
  const grid = await list()
  await within(grid).findAllByText('Hot PQL')
  expect(grid.getAttribute('aria-rowcount')).toBe('20001')
  expect(client.calls.filter(name => name === 'score.rows')).toHaveLength(1)
})

test('stale scores say so and can be made anew', async () => {
  const { user, client } = openApp('#/scores', { isStale: true })
  await user.click(await screen.findByRole('button', { name: 'Re-score' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Re-score' })).toBeNull())
  expect(client.calls).toContain('score.run')
})

test('nothing scored: the way to scores', async () => {
  openApp('#/scores', { isScored: false })
  await screen.findByText('Nothing has been scored yet')
  expect(screen.getByRole('button', { name: 'Score workspaces' })).toBeDefined()
})

test('a workspace that is not there is said to be so', async () => {
  openApp('#/scores/nobody')
  await screen.findByText('This workspace cannot be shown')
})

test('a workspace and a person lead to the row they were read from', async () => {
  const { user } = openApp('#/scores/ws_0000')
  await user.click(await screen.findByRole('tab', { name: 'Facts' }))
  await user.click(await screen.findByRole('button', { name: 'ws_0000' }))
  const dialog = await screen.findByRole('dialog')
  await within(dialog).findByText('workspaces.csv, line 412')
  expect(dialog.textContent).toContain('2026-04-02T09:14:00.000Z')
  await user.click(within(dialog).getByRole('button', { name: 'Close' }))
  await user.click(screen.getByRole('tab', { name: 'People' }))
  await user.click((await screen.findAllByTitle(/^Show the row of u_0_/))[0]!)
  await screen.findByText('users.csv, line 412')
})

test('the banner says what has changed since the scores were made', async () => {
  openApp('#/scores', { isStale: true })
  await screen.findByText('Changed since these scores were made: the taxonomy, the routing rules or owners.')
})
