import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { AppError } from '#lib/errors'
import { openApp } from '../support/render-app.tsx'

const names = () => screen.findByRole('grid', { name: 'Event names' })
const rowOf = (grid: HTMLElement, name: string): HTMLElement =>
  within(grid).getByText(name).closest<HTMLElement>('[role=row]') ?? grid
const coverage = () => screen.findByLabelText('Coverage')

test('names without a kind come first; a name is mapped by keyboard alone and the figures move at once', async () => {
  const { user, client } = openApp('#/taxonomy')
  const grid = await names()
  const rows = within(grid).getAllByRole('row')
  expect(rows[1]?.textContent).toContain('page_view')
  expect((await coverage()).textContent).toContain('74.6 %')
  grid.focus()
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  await user.keyboard('m')
  const dialog = await screen.findByRole('dialog', { name: 'Map page_view to a kind' })
  await user.keyboard('core_fea')
  await within(dialog).findByRole('option', { name: /core_feature_used/, selected: true })
  await user.keyboard('{Enter}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(async () => expect((await coverage()).textContent).toContain('+13.3'))
  expect(rowOf(grid, 'page_view').textContent).toContain('core_feature_used')
  expect(client.calls).not.toContain('taxonomy.apply')
})

test('the header names the order of the names: by kind at first, and by events those of all kinds', async () => {
  const { user } = openApp('#/taxonomy')
  const grid = await names()
  const header = (name: string): HTMLElement => within(grid).getByRole('columnheader', { name: new RegExp(name) })
  expect(header('Kind').getAttribute('aria-sort')).toBe('ascending')
  await user.click(within(header('Events')).getByRole('button'))
  expect(header('Events').getAttribute('aria-sort')).toBe('descending')
  const rows = within(grid).getAllByRole('row').slice(1)
  const events = rows.map(row => Number(within(row).getAllByRole('gridcell')[2]?.textContent?.replace(/\D/g, '')))
  expect(events).toEqual(events.toSorted((a, b) => b - a))
})

test('a name that is mapped goes to the others; the panel shows the name that is in hand now', async () => {
  const { user } = openApp('#/taxonomy')
  const grid = await names()
  grid.focus()
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  fireEvent.keyDown(grid, { key: 'Enter' })
  expect((await screen.findByRole('complementary')).textContent).toContain('page_view')
  await user.keyboard('m')
  await screen.findByRole('dialog', { name: 'Map page_view to a kind' })
  await user.keyboard('core_fea')
  await screen.findByRole('option', { name: /core_feature_used/, selected: true })
  await user.keyboard('{Enter}')
  await waitFor(() => expect(screen.getByRole('complementary').textContent).not.toContain('page_view'))
  const inHand = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')
  const name = inHand?.querySelector('code')?.textContent ?? inHand?.textContent ?? ''
  expect(screen.getByRole('complementary').textContent).toContain(name.slice(0, 6))
})

test('Enter takes no kind that nobody typed for and that the name does not resemble', async () => {
  const { user } = openApp('#/taxonomy')
  const grid = await names()
  grid.focus()
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  await user.keyboard('m')
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).getByRole('button', { name: 'Map' }).hasAttribute('disabled')).toBe(true)
})

test('several names become a new kind; the change is reviewed, applied, and reverted in one step', async () => {
  const { user } = openApp('#/taxonomy')
  const grid = await names()
  await user.click(within(grid).getByRole('checkbox', { name: 'Pick page_view' }))
  await user.click(within(grid).getByRole('checkbox', { name: 'Pick app_opened' }))
  await user.click(screen.getByRole('button', { name: 'New kind' }))
  const dialog = await screen.findByRole('dialog', { name: 'New kind' })
  await user.clear(within(dialog).getByRole('textbox', { name: 'Name' }))
  await user.keyboard('browsing{Enter}')
  await screen.findByText('1 kind changed, not applied')
  await user.click(screen.getByRole('button', { name: 'Review and apply' }))
  const review = await screen.findByRole('dialog', { name: 'Review and apply' })
  const changes = within(review).getByRole('region', { name: 'Changes of the model' })
  expect(changes.textContent).toContain('browsing new')
  expect(changes.textContent).toContain('+ page_view')
  await user.click(within(review).getByRole('button', { name: 'Apply as a new version' }))
  await waitFor(() => expect(rowOf(grid, 'app_opened').textContent).toContain('browsing'))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await user.click(await screen.findByRole('button', { name: 'Revert the last change' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Revert' }))
  await waitFor(() => expect(rowOf(grid, 'app_opened').textContent).toContain('No kind'))
})

test('a pattern shows while it is typed what it takes and from whom; an edit is undone and discarded', async () => {
  const { user } = openApp('#/taxonomy')
  await names()
  await user.click(screen.getByRole('tab', { name: /Kinds/ }))
  const table = await screen.findByRole('table', { name: 'Kinds in their order' })
  await user.click(within(table).getByText('pricing_page_view'))
  const panel = await screen.findByRole('complementary', { name: 'Kind' })
  await user.type(within(panel).getByRole('textbox', { name: 'New pattern' }), '*log*')
  const taken = await within(panel).findByRole('region', { name: 'Taken from a later kind' })
  expect(taken.textContent).toContain('from login')
  await user.click(within(panel).getByRole('button', { name: 'Add' }))
  await screen.findByText('1 kind changed, not applied')
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(screen.queryByText(/not applied/)).toBeNull())
})

test('the order of kinds is changed with Alt and the arrows, and by buttons', async () => {
  const { user } = openApp('#/taxonomy')
  await names()
  await user.click(screen.getByRole('tab', { name: /Kinds/ }))
  const table = await screen.findByRole('table', { name: 'Kinds in their order' })
  const first = (): string => within(table).getAllByRole('row')[1]?.textContent ?? ''
  const button = within(table).getByRole('button', { name: 'key_action_completed' })
  fireEvent.keyDown(button, { key: 'ArrowUp', altKey: true })
  await waitFor(() => expect(first()).toContain('key_action_completed'))
  await user.click(screen.getByRole('button', { name: 'Move key_action_completed down' }))
  await waitFor(() => expect(first()).toContain('workspace_created'))
  expect(screen.queryByText(/not applied/)).toBeNull()
})

test('suggestions say why and are accepted together from a likeness on, those with a rival never', async () => {
  const { user } = openApp('#/taxonomy')
  await names()
  await user.click(screen.getByRole('tab', { name: /Suggestions/ }))
  const grid = await screen.findByRole('grid', { name: 'Suggestions' })
  await within(grid).findByText(/looks like pricing_viewed: shares visited \(viewed\), pricing/)
  await user.click(screen.getByRole('button', { name: 'Accept 4' }))
  await screen.findByText('3 kinds changed, not applied')
})

test('many names scroll; a search without a hit says so', async () => {
  const { user } = openApp('#/taxonomy', { names: 5000 })
  const grid = await names()
  expect(grid.getAttribute('aria-rowcount')).toBe('5015')
  await user.keyboard('/')
  await user.type(await screen.findByRole('textbox', { name: 'Search the names' }), 'zebra')
  await screen.findByText('No name fits the filter')
  await user.click(screen.getByRole('button', { name: 'Show all names' }))
  await names()
})

test('without events the screen says what it needs', async () => {
  openApp('#/taxonomy', { isImported: false, isScored: false })
  await screen.findByText('No events have been imported yet')
})

test('names that cannot be read are asked for again', async () => {
  const { user, client } = openApp('#/home')
  const counted = client['taxonomy.names']
  Object.assign(client, {
    'taxonomy.names': async () => {
      Object.assign(client, { 'taxonomy.names': counted })
      throw new AppError('store/corrupt', 'a segment of events is damaged')
    },
  })
  await user.click(await screen.findByRole('link', { name: 'Taxonomy' }))
  await user.click(await screen.findByRole('button', { name: 'Try again' }))
  await names()
})
