import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useUndo } from '../../../renderer/src/state/import-undo.ts'
import { useImports } from '../../../renderer/src/state/imports.ts'
import { entryOf, type FilePlan, useBoard } from '../../../renderer/src/state/mapping-board.ts'
import { useProject } from '../../../renderer/src/state/project.ts'
import { fakeReports } from '../support/fake-imports.ts'
import { openApp } from '../support/render-app.tsx'

function drop(name: string): void {
  const file = new File(['user_id\nu1\n'], name)
  const dataTransfer = { types: ['Files'], files: [file], items: [] }
  fireEvent.drop(window, { dataTransfer })
}

const board = (): Promise<HTMLElement> => screen.findByRole('treegrid', { name: 'Files and columns' })

test('dropped files are shown on the board, and imported when it is confirmed', async () => {
  const { user, client } = openApp('#/home', { isImported: false, isScored: false })
  await screen.findByRole('region', { name: 'Next step' })
  drop('users.csv')
  const rows = within(await board())
  await screen.findByText(/1 file fits no table and will not be imported/)
  await user.click(await rows.findByRole('row', { name: /1 secret not read/ }))
  const plan = screen.getByRole('region', { name: 'Plan for users.csv' })
  expect(plan.textContent).toContain('user_id and 3 other columns of users match')
  expect(client.calls).not.toContain('import.stage')
  const confirm = screen.getByRole('button', { name: 'Import 3 files' })
  await waitFor(() => expect(confirm).toHaveProperty('disabled', false))
  await user.click(confirm)
  const result = await screen.findByRole('region', { name: 'Last import' })
  expect(result.textContent).toContain('73,018 rows read = 72,674 loaded + 132 held + 212 skipped')
  expect(result.textContent).toContain('invoice-2026-05.pdf')
  expect(document.activeElement?.id).toBe('main')
})

test('what is folded away opens by a click anywhere on its line, and by its mark once', async () => {
  const { user } = openApp('#/home', { isImported: false, isScored: false })
  await screen.findByRole('region', { name: 'Next step' })
  drop('users.csv')
  const rows = within(await board())
  const fold = async (): Promise<HTMLElement> => await rows.findByRole('row', { name: /1 secret not read/ })
  expect((await fold()).getAttribute('aria-expanded')).toBe('false')
  await user.click(await fold())
  expect((await fold()).getAttribute('aria-expanded')).toBe('true')
  await user.click(within(await fold()).getByRole('button', { name: 'Fold' }))
  expect((await fold()).getAttribute('aria-expanded')).toBe('false')
  await user.click(within(await fold()).getByRole('button', { name: 'Unfold' }))
  expect((await fold()).getAttribute('aria-expanded')).toBe('true')
})

test('a file that feeds two tables is summed up for each of them', async () => {
  openApp('#/import')
  await screen.findByRole('table', { name: 'Imported files' })
  const [report] = fakeReports
  const part = { ...report, file: 'calls.jsonl', bytes: 90, read: 4, held: 0 } as (typeof fakeReports)[number]
  const files = [
    { ...part, table: 'events' as const, loaded: 4, skipped: 0 },
    { ...part, table: 'users' as const, loaded: 2, skipped: 2 },
  ]
  act(() => useImports.setState({ lastRun: { files, skipped: [] } }))
  const { textContent } = await screen.findByRole('region', { name: 'Last import' })
  expect(textContent).toContain('4 records, read for each table that they feed')
  expect(textContent).toContain('Events: 4 read = 4 loaded + 0 held + 0 skipped')
  expect(textContent).toContain('Users: 4 read = 2 loaded + 0 held + 2 skipped')
  expect(textContent).toContain('1 file imported')
})

test('rows that left their table are told after publishing, beside a file that was known', async () => {
  openApp('#/import')
  const table = await screen.findByRole('table', { name: 'Imported files' })
  const [known, report] = fakeReports
  if (known === undefined || report === undefined) throw new Error('there are reports')
  const replaced = { ...report, importId: 99, mode: 'replace' as const, removed: 25 }
  const files = [{ ...known, alreadyImported: true }, replaced]
  act(() => useImports.setState({ lastRun: { files, skipped: [] }, list: [replaced, ...fakeReports] }))
  const { textContent } = await screen.findByRole('region', { name: 'Last import' })
  expect(textContent).toContain('Taken out: 25 rows of workspaces that no file has. Undo brings them back.')
  expect(textContent).toContain('2 files imported, 1 of them already known')
  expect(textContent).not.toContain('nothing changed')
  expect(within(table).getAllByText('· took out 25 rows')).toHaveLength(1)
})

test('after a fix of held rows the page says one number of held rows and one of files everywhere', async () => {
  const { client } = openApp('#/import')
  const table = await screen.findByRole('table', { name: 'Imported files' })
  const [users] = fakeReports
  if (users === undefined) throw new Error('there are reports')
  const fixedSince = { ...users, loaded: 4007, held: 5, heldNow: { held: 0, leftOut: 1, fixed: 4, superseded: 0 } }
  const others = { ...users, warnings: [] }
  const fix = { ...others, importId: 98, read: 4, loaded: 4, held: 0, added: 4, heldRules: [], madeOf: users.importId }
  const part = { ...others, importId: 97, table: 'contacts' as const, read: 7, loaded: 7, held: 0, added: 7 }
  const undone = { ...others, importId: 96, file: 'other.csv', undoneAt: users.importedAt }
  const summary = await client['project.summary']({})
  act(() => {
    useImports.setState({ lastRun: { files: [users], skipped: [] }, list: [fix, undone, part, fixedSince] })
    useProject.setState({ summary: { ...summary, held: 0, files: 1 } })
  })
  expect((await screen.findByRole('region', { name: 'Last import' })).textContent).toContain(
    '4,012 rows read = 4,007 loaded + 5 held (4 fixed, 1 left out since) + 0 skipped',
  )
  expect(screen.getByRole('tab', { name: 'Files 1' })).toBeTruthy()
  expect(within(table).queryByRole('button', { name: /held rows of users.csv/ })).toBeNull()
  expect(within(table).getByText('4 fixed, 1 left out')).toBeTruthy()
  const foot = within(table).getByRole('rowheader', { name: /1 file/ })
  expect(foot.textContent).toBe('1 file · 3 lines')
  const figures = [...(foot.parentElement?.querySelectorAll('td') ?? [])].map(({ textContent }) => textContent)
  // read = loaded, those of the fix among them, + held now + skipped + left out
  expect(figures.slice(0, 4)).toEqual(['4,019', '4,018', '0', '0'])
})

test('discarding forgets the files and imports nothing', async () => {
  const { user, client } = openApp('#/import', { isImported: false, isScored: false })
  await screen.findByText('Drop exports anywhere on this window')
  drop('users.csv')
  await user.click(await screen.findByRole('button', { name: 'Discard' }))
  await screen.findByText('Drop exports anywhere on this window')
  expect(client.calls).not.toContain('import.stage')
})

test('what backslashes are is chosen in the detail of a delimited file, which is then read anew', async () => {
  const { user, client } = openApp('#/import', { isImported: false, isScored: false })
  await screen.findByText('Drop exports anywhere on this window')
  drop('users.csv')
  const rows = within(await board())
  await user.click(await rows.findByRole('row', { name: /1 secret not read/ }))
  const plan = within(screen.getByRole('region', { name: 'Plan for users.csv' }))
  const choice = (name: string): HTMLElement =>
    within(plan.getByRole('radiogroup', { name: 'Backslashes' })).getByRole('radio', { name })
  expect(choice('As they stand')).toHaveProperty('checked', true)
  const confirm = screen.getByRole('button', { name: 'Import 3 files' })
  await waitFor(() => expect(confirm).toHaveProperty('disabled', false))
  const proofs = client.calls.filter(name => name === 'import.prove').length
  await user.click(choice('Escape what follows'))
  expect(choice('Escape what follows')).toHaveProperty('checked', true)
  expect(choice('As they stand')).toHaveProperty('checked', false)
  await waitFor(() => expect(client.calls.filter(name => name === 'import.prove').length).toBeGreaterThan(proofs))
  expect(
    useImports
      .getState()
      .plan.filter(({ file }) => file === 'users.csv')
      .map(given),
  ).toEqual(['backslash'])
})

function given(plan: FilePlan): string | undefined {
  return entryOf(useBoard.getState(), plan).edited?.escape
}

test('questions stop the import, lead to their rows, and are answered by keyboard', async () => {
  const { user } = openApp('#/import', { isImported: false, isScored: false, isDoubtful: true })
  await screen.findByText('Drop exports anywhere on this window')
  drop('deals.csv')
  await board()
  await screen.findByText('3 questions in 1 file are open.')
  expect(screen.getByRole('button', { name: 'Import 4 files' })).toHaveProperty('disabled', true)

  await user.click(screen.getByRole('button', { name: 'Show the first' }))
  await waitFor(() => expect(document.activeElement?.id).toBe('mapping-board'))
  await user.keyboard('{Enter}')
  await screen.findByRole('combobox', { name: 'How value is read' })
  await user.keyboard('{Enter}')
  await screen.findByText('2 questions in 1 file are open.')

  await waitFor(() => expect(document.activeElement?.id).toBe('mapping-board'))
  await user.keyboard('n{Enter}')
  await screen.findByRole('combobox', { name: 'How created is read' })
  await user.keyboard('all month{Enter}')
  await waitFor(() => expect(screen.queryByText(/questions? in 1 file/)).toBeNull())
  await waitFor(() => expect(screen.getByRole('button', { name: 'Import 4 files' })).toHaveProperty('disabled', false))
})

test('what a spreadsheet did to a column is named in its place', async () => {
  openApp('#/import', { isImported: false, isScored: false, isDoubtful: true })
  await screen.findByText('Drop exports anywhere on this window')
  drop('deals.csv')
  const rows = within(await board())
  const fault = await rows.findByRole('row', { name: /12 numbers rounded by a spreadsheet/ })
  expect(fault.textContent).toContain('1.23E+10')
  expect(fault.textContent).toContain('lines 4, 9, 13 and 9 more')
})

test('what would change is shown before it is published', async () => {
  const { user, client } = openApp('#/import')
  await screen.findByRole('table', { name: 'Imported files' })
  drop('users.csv')
  const confirm = await screen.findByRole('button', { name: 'Import 3 files' })
  await waitFor(() => expect(confirm).toHaveProperty('disabled', false))
  await user.click(confirm)
  const changed = await screen.findByRole('table', { name: 'Changed rows of users.csv' })
  expect(within(changed).getAllByRole('row')).toHaveLength(3)
  expect(client.calls).not.toContain('import.publish')
  await user.click(screen.getByRole('button', { name: '1 repeated rows of users.csv' }))
  const repeated = await screen.findByRole('table', { name: 'Repeated rows of users.csv' })
  expect(repeated.textContent).toContain('users.csv, line 9')
  expect(screen.getByText(/the last one counts/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: '5 held rows of users.csv' }))
  const held = await screen.findByRole('table', { name: 'Held rows of users.csv' })
  const first = await within(held).findByRole('row', { name: /^88/ })
  expect(first.textContent).toBe(
    '88primary_emailana.costa(at)exampleemail/malformedWrite the address as name@example.com',
  )
  expect(client.calls).toContain('import.held')
  await user.click(screen.getByRole('button', { name: /^Publish/ }))
  await screen.findByRole('region', { name: 'Last import' })
})

test('an import that was not published is resumed or given up', async () => {
  const { user, client } = openApp('#/import', { isPending: true })
  const banner = await screen.findByRole('region', { name: 'Unfinished import' })
  expect(banner.textContent).toContain('1 file has to be read again')
  await user.click(within(banner).getByRole('button', { name: 'Discard' }))
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Unfinished import' })).toBeNull())
  expect(client.calls).toContain('import.discard')
})

test('an import is undone once it is plain what goes', async () => {
  const { user, client } = openApp('#/import')
  await user.click(await screen.findByRole('button', { name: 'Undo the import of events.jsonl.gz' }))
  const dialog = await screen.findByRole('dialog')
  expect(dialog.textContent).toContain('59,786 events will go')
  await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Keep' })))
  await user.click(within(dialog).getByRole('button', { name: 'Undo the import' }))
  await waitFor(() => expect(client.calls.filter(name => name === 'import.undo')).toHaveLength(2))
})

test('the button that asks about an undo keeps the focus while it is asked', async () => {
  const { user, client } = openApp('#/import')
  const button = await screen.findByRole('button', { name: 'Undo the import of events.jsonl.gz' })
  const ask = client['import.undo']
  const gate = Promise.withResolvers<void>()
  vi.spyOn(client, 'import.undo').mockImplementation(async (...asked) => {
    await gate.promise
    return await ask(...asked)
  })
  button.focus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(useUndo.getState().status).toBe('asking'))
  expect(button).toHaveProperty('disabled', false)
  gate.resolve()
  await screen.findByRole('dialog')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).toBe(button))
})

test('of a fix that is undone it is said that its rows are held again', async () => {
  openApp('#/import')
  await screen.findByRole('table', { name: 'Imported files' })
  const [users] = fakeReports
  if (users === undefined) throw new Error('there are reports')
  const { importId, file, table } = { ...users, importId: 98 }
  const nothing = { takenOut: 0, changedBack: 0, broughtBack: 0, events: 0, held: 0 }
  act(() => {
    useImports.setState({
      list: [{ ...users, importId, held: 0, heldRules: [], warnings: [], madeOf: users.importId }, users],
    })
    useUndo.setState({ asked: [{ importId, file, table, ...nothing, heldAgain: 3 }], status: 'idle' })
  })
  const dialog = await screen.findByRole('dialog', { name: `Undo the fix of held rows of ${file}` })
  expect(dialog.textContent).toContain('3 rows will be held again')
  expect(dialog.textContent).not.toContain('It changed no row')
  expect(within(dialog).getByRole('button', { name: 'Undo the fix' })).toBeDefined()
})
