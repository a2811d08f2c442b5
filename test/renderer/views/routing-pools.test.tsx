import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

async function openPools(options: Parameters<typeof openApp>[1] = {}) {
  const app = openApp('#/routing', options)
  await screen.findByRole('table', { name: 'Rules in their order' })
  await app.user.click(screen.getByRole('tab', { name: 'Pools' }))
  const table = await screen.findByRole('table', { name: 'People of the pools and their work' })
  return { ...app, table }
}

const lineOf = (table: HTMLElement, name: string): string =>
  within(table).getByRole('button', { name }).closest('tr')?.textContent ?? ''

test('each pool says whose turn is next, who is away or gone, its room, its overflow and what waits', async () => {
  const { table } = await openPools()
  expect(lineOf(table, 'Maren Holbeck')).toContain('Next')
  expect(lineOf(table, 'Isolde Farkas')).toContain('Away: takes nothing')
  expect(lineOf(table, 'gone_1')).toContain('No longer known')
  expect(table.textContent).toMatch(
    /SDR pool 3 people · \d+ given out this week, of room for 14 · overflow to the AE pool · 2 over capacity/,
  )
  expect(table.textContent).toContain('AE pool nobody; its workspaces have a team and no owner')
  const waiting = within(table).getByRole('list', { name: 'Over capacity in the SDR pool' })
  expect(within(waiting).getAllByRole('listitem')).toHaveLength(2)
})

test('work is marked by keyboard, given to somebody else, and brought back', async () => {
  const { user, table, client } = await openPools()
  await user.click(within(table).getByRole('button', { name: 'Maren Holbeck' }))
  const panel = await screen.findByRole('complementary', { name: 'Work of Maren Holbeck' })
  const grid = await within(panel).findByRole('grid', { name: 'Workspaces of Maren Holbeck' })
  const before = Number(grid.getAttribute('aria-rowcount'))
  grid.focus()
  await user.keyboard('{ArrowDown}{Enter}{ArrowDown} ')
  await within(panel).findByRole('button', { name: '2 marked' })
  await user.selectOptions(within(panel).getByRole('combobox', { name: 'Give what is marked to' }), 'Tunde Alabi')
  await screen.findByText(/^2 workspaces go there with the next scoring\./)
  await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe(String(before - 2)))
  expect(lineOf(table, 'Tunde Alabi')).toMatch(/2 of 2.*2/)
  await user.click(screen.getByRole('button', { name: 'Undo the last change' }))
  await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe(String(before)))
  expect(client.calls.filter(name => name === 'routing.assign')).toHaveLength(2)
})

test('work is released to whoever has room', async () => {
  const { user, table } = await openPools()
  await user.click(within(table).getByRole('button', { name: 'Owen Pritchett' }))
  const panel = await screen.findByRole('complementary', { name: 'Work of Owen Pritchett' })
  await user.click(await within(panel).findByRole('button', { name: 'Mark all' }))
  await user.click(within(panel).getByRole('button', { name: 'Release' }))
  await screen.findByText(/to whoever has room with the next scoring/)
  await within(panel).findByText('Nothing is owned')
  await user.keyboard('{Control>}z{/Control}')
  await within(panel).findByRole('grid')
})

test('what waits for room is given to somebody by hand', async () => {
  const { user, table } = await openPools()
  const waiting = within(table).getByRole('list', { name: 'Over capacity in the SDR pool' })
  await user.selectOptions(within(waiting).getAllByRole('combobox')[0] as HTMLElement, 'Maren Holbeck')
  await screen.findByText(/goes there with the next scoring/)
  await waitFor(() => expect(within(waiting).getAllByRole('listitem')).toHaveLength(1))
})

test('somebody is set away with the rules, and that is undone as one step', async () => {
  const { user, table } = await openPools()
  await user.click(within(table).getByRole('button', { name: 'Maren Holbeck' }))
  const panel = await screen.findByRole('complementary', { name: 'Work of Maren Holbeck' })
  await user.click(within(panel).getByRole('button', { name: 'Away' }))
  await screen.findByText('Settings changed, not in force')
  const field = within(panel).getByRole<HTMLInputElement>('spinbutton', {
    name: 'Workspaces per week of Maren Holbeck',
  })
  expect(field.value).toBe('0')
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(field.value).toBe('12'))
})
