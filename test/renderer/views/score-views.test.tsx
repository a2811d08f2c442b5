import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { columnsFor } from '../../../renderer/src/views/Scores/columns.ts'
import { openApp } from '../support/render-app.tsx'

afterEach(() => window.localStorage.clear())

/** The menu is placed by measures, which a test has none of. */
const item = (name: string) => screen.findByRole('menuitem', { name, hidden: true })
const rowsOf = async (): Promise<number> =>
  Number((await screen.findByRole('grid', { name: 'Workspaces by score' })).getAttribute('aria-rowcount')) - 1

test('filters switch off without being lost, and on again', async () => {
  const { user } = openApp('#/scores', { units: 80 })
  const hot = await screen.findByRole('button', { name: /^Hot PQL/ })
  await user.click(hot)
  await waitFor(async () => expect(await rowsOf()).toBeLessThan(80))
  const some = await rowsOf()
  await user.click(screen.getByRole('button', { name: 'Switch off' }))
  await waitFor(async () => expect(await rowsOf()).toBe(80))
  expect(hot.getAttribute('aria-pressed')).toBe('true')
  await user.click(screen.getByRole('button', { name: 'Switch on' }))
  await waitFor(async () => expect(await rowsOf()).toBe(some))
})

test('a view keeps filter and order: saved, left, taken up again, removed', async () => {
  const { user } = openApp('#/scores', { units: 80 })
  await user.click(await screen.findByRole('button', { name: /^Hot PQL/ }))
  await waitFor(async () => expect(await rowsOf()).toBeLessThan(80))
  const some = await rowsOf()
  await user.click(screen.getByRole('button', { name: 'Views' }))
  await user.click(await item('Save as'))
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Hot ones')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  const menu = await screen.findByRole('button', { name: 'View Hot ones' })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Clear' }))
  await waitFor(async () => expect(await rowsOf()).toBe(80))
  expect(menu.textContent).toContain('edited')
  await user.click(menu)
  await user.click(await item('Hot ones'))
  await waitFor(async () => expect(await rowsOf()).toBe(some))
  expect(menu.textContent).not.toContain('edited')
  await user.click(menu)
  await user.click(await item('Remove from the project'))
  await screen.findByRole('button', { name: 'Views' })
})

test('a column that is switched off stays off, and the view brings it back as it was kept', async () => {
  const { user } = openApp('#/scores', { units: 20 })
  const grid = await screen.findByRole('grid', { name: 'Workspaces by score' })
  const stage = () => within(grid).queryByRole('columnheader', { name: /Stage/ })
  expect(stage()).not.toBeNull()
  const toggle = async (): Promise<void> => {
    await user.click(screen.getByRole('button', { name: 'Columns' }))
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Stage', hidden: true }))
    await user.keyboard('{Escape}')
  }
  await toggle()
  await waitFor(() => expect(stage()).toBeNull())
  expect(JSON.stringify({ ...window.localStorage })).toContain('stage')
  await user.click(screen.getByRole('button', { name: 'Views' }))
  await user.click(await item('Save as'))
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'No stage')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  const menu = await screen.findByRole('button', { name: 'View No stage' })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await toggle()
  await waitFor(() => expect(stage()).not.toBeNull())
  await user.click(menu)
  await user.click(await item('No stage'))
  await waitFor(() => expect(stage()).toBeNull())
})

test.each([
  { why: 'all that fits', width: 1000, hidden: [], ids: 'name score stage destination reason owner lastActive' },
  {
    why: 'what is free goes to the next',
    width: 1000,
    hidden: ['reason', 'owner'],
    ids: 'name score stage destination health lastActive',
  },
  {
    why: 'a column that does not fit frees nothing',
    width: 940,
    hidden: ['health'],
    ids: 'name score stage destination reason lastActive',
  },
])('columns: $why', ({ width, hidden, ids }) => {
  expect(
    columnsFor(width, 'workspace', hidden)
      .map(column => column.id)
      .join(' '),
  ).toBe(ids)
})
