import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

function drop(name: string): void {
  const file = new File(['user_id\nu1\n'], name)
  const dataTransfer = { types: ['Files'], files: [file], items: [] }
  fireEvent.drop(window, { dataTransfer })
}

test('dropped files are shown as a plan, and imported when it is confirmed', async () => {
  const { user, client } = openApp('#/home', { isImported: false, isScored: false })
  await screen.findByRole('region', { name: 'Next step' })
  drop('users.csv')
  const files = await screen.findByRole('region', { name: 'Files' })
  expect(files.textContent).toContain('1 file fits no table and will be passed over')
  const plan = screen.getByRole('region', { name: 'Plan for users.csv' })
  expect(within(plan).getByRole('row', { name: /password_digest/ }).textContent).toContain('secret, not imported')
  expect(client.calls).not.toContain('import.run')
  await user.click(screen.getByRole('button', { name: 'Import 3 files' }))
  const result = await screen.findByRole('region', { name: 'Last import' })
  expect(result.textContent).toContain('73,018 rows read = 72,674 loaded + 132 held + 212 skipped')
  expect(result.textContent).toContain('invoice-2026-05.pdf')
})

test('discarding forgets the files and imports nothing', async () => {
  const { user, client } = openApp('#/import', { isImported: false, isScored: false })
  await screen.findByText('Drop exports anywhere on this window')
  drop('users.csv')
  await user.click(await screen.findByRole('button', { name: 'Discard' }))
  await screen.findByText('Drop exports anywhere on this window')
  expect(client.calls).not.toContain('import.run')
})

test('held rows: by rule, then row by row with file, line and value, whole on opening', async () => {
  const { user } = openApp('#/import')
  await user.click(await screen.findByRole('tab', { name: /Held rows/ }))
  const rules = await screen.findByRole('table', { name: 'Held rows by rule' })
  expect(within(rules).getAllByRole('row')).toHaveLength(6)
  const grid = await screen.findByRole('grid', { name: 'Held rows' })
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  fireEvent.keyDown(grid, { key: 'Enter' })
  const dialog = await screen.findByRole('dialog')
  await within(dialog).findByText(/u_10023,ana\.costa\(at\)example/)
  expect(dialog.textContent).toContain('users.csv, line 88')
})

test('the figure of one file leads to its held rows alone', async () => {
  const { user } = openApp('#/import')
  await user.click(await screen.findByRole('button', { name: '116 held rows of events.jsonl.gz' }))
  const grid = await screen.findByRole('grid', { name: 'Held rows' })
  await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe('117'))
})
