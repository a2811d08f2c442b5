import { notifications } from '@mantine/notifications'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { useHeldRows } from '../../../renderer/src/state/held-rows.ts'
import { openApp } from '../support/render-app.tsx'

// Only so many are shown at a time, those of the test before among them.
afterEach(() => {
  notifications.clean()
  notifications.cleanQueue()
})

async function openHeld() {
  const app = openApp('#/import')
  await app.user.click(await screen.findByRole('tab', { name: /Held rows/ }))
  return { ...app, rules: await screen.findByRole('navigation', { name: 'Held rows by rule' }) }
}

const grid = (): Promise<HTMLElement> => screen.findByRole('grid', { name: 'Held rows' })
const cell = (text: string): HTMLElement => screen.getAllByRole('gridcell', { name: text })[0] as HTMLElement

test('rules stand with counts, and what the likeliest fix would load before it is applied', async () => {
  const { user, rules, client } = await openHeld()
  expect(within(rules).getAllByRole('button', { name: /whole record|·|user_id/ })).toHaveLength(5)
  await user.click(within(rules).getByRole('button', { name: /A date that does not exist/ }))
  const form = screen.getByRole('form', { name: 'Fix all rows of this rule' })
  await waitFor(() => expect(form.textContent).toContain('24 of 24 rows would load'))
  expect(within(form).getByRole('list').textContent).toContain('2026-12-31')
  expect(client.calls).not.toContain('held.fix')
  await user.click(within(form).getByRole('button', { name: 'Load 24 rows' }))
  await screen.findByText('24 rows loaded')
  await waitFor(() => expect(within(rules).queryByRole('button', { name: /A date that does not exist/ })).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  await within(rules).findByRole('button', { name: /A date that does not exist/ })
})

test('what was fixed before is offered, and done again by one button', async () => {
  const { user, rules, client } = await openHeld()
  await user.click(within(rules).getByRole('button', { name: /A date that does not exist/ }))
  await screen.findByText(/“30\/12\/2026” to “2026-12-30” in /)
  expect(client.calls).not.toContain('held.fix')
  await user.click(screen.getByRole('button', { name: 'Apply to 6 rows' }))
  await screen.findByText('6 rows loaded')
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Apply to 6 rows' })).toBeNull())
})

test('what was fixed before by several rules is done again by one button', async () => {
  const { user, rules, client } = await openHeld()
  expect(screen.queryByRole('region', { name: 'Fixed or left out before' })).toBeNull()
  const times = {
    importId: 5,
    code: 'value/not-a-time',
    column: 'timestamp',
    effect: 'leave-out',
    rows: 9,
    answers: [],
  } as const
  act(() => useHeldRows.setState(({ known }) => ({ known: [...known, { ...times, answers: [] }] })))
  const offer = within(rules).getByRole('region', { name: 'Fixed or left out before' })
  expect(offer.textContent).toContain('15 rows were fixed or left out before')
  await user.click(within(offer).getByRole('button', { name: 'Do the same for all 15' }))
  await screen.findByText('6 rows loaded')
  expect(client.calls.filter(name => name === 'held.fix')).toHaveLength(2)
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Fixed or left out before' })).toBeNull())
})

test('rows that a newer import has again are shown, and nothing can be done about them', async () => {
  const { user, rules } = await openHeld()
  expect(within(rules).getByRole('heading', { name: 'In a newer import again' })).toBeDefined()
  await user.click(within(rules).getByRole('button', { name: /Not valid JSON/ }))
  await screen.findByText(/These records came again in/)
  expect(screen.queryByRole('form', { name: 'Fix all rows of this rule' })).toBeNull()
  await grid()
})

test('a reading that loads nothing makes way for replacing a value', async () => {
  const { user, rules } = await openHeld()
  await user.click(within(rules).getByRole('button', { name: /Not a time/ }))
  const field = await screen.findByRole('textbox', { name: 'New value' })
  expect((screen.getByRole('combobox', { name: 'Value to be replaced' }) as HTMLInputElement).value).toBe(
    'yesterday (116)',
  )
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Load rows' }).disabled).toBe(true)
  await user.type(field, '2026-05-01')
  await screen.findByRole('button', { name: 'Load 116 rows' })
})

test('cells are edited in place: Enter goes down, Tab beside, Esc reverts, Ctrl Enter applies', async () => {
  const { user, rules } = await openHeld()
  await user.click(within(rules).getByRole('button', { name: /A date that does not exist/ }))
  const table = await grid()
  fireEvent.focus(table)
  fireEvent.keyDown(table, { key: 'Enter' })
  const first = await screen.findByRole<HTMLInputElement>('textbox', { name: 'created_at, line 88' })
  expect(first.value).toBe('31/12/2026')
  fireEvent.change(first, { target: { value: 'bad' } })
  fireEvent.keyDown(first, { key: 'Enter' })
  fireEvent.keyDown(table, { key: '9' })
  const second = await screen.findByRole<HTMLInputElement>('textbox', { name: 'created_at, line 125' })
  expect(second.value).toBe('9')
  fireEvent.change(second, { target: { value: '2026-01-01' } })
  fireEvent.keyDown(second, { key: 'Tab' })
  const beside = await screen.findByRole<HTMLInputElement>('textbox', { name: 'user_id, line 125' })
  fireEvent.change(beside, { target: { value: 'nonsense' } })
  fireEvent.keyDown(beside, { key: 'Escape' })
  expect(cell('u_10024').textContent).toBe('u_10024')
  const bar = await screen.findByText(/1 would load, 1 still held/)
  expect(bar.textContent).toContain('2 rows edited')
  expect(screen.getByLabelText('would load')).toBeTruthy()
  fireEvent.keyDown(table, { key: 'Enter', ctrlKey: true })
  await screen.findByText('1 row loaded')
  await waitFor(() => expect(table.getAttribute('aria-rowcount')).toBe('24'))
})

test('typing a cell back to what it was takes the edit back', async () => {
  const { user, rules } = await openHeld()
  await user.click(within(rules).getByRole('button', { name: /A date that does not exist/ }))
  const table = await grid()
  fireEvent.focus(table)
  for (const value of ['2026-01-01', '31/12/2026']) {
    fireEvent.keyDown(table, { key: 'Home' })
    fireEvent.keyDown(table, { key: 'F2' })
    const field = await screen.findByRole('textbox', { name: 'created_at, line 88' })
    fireEvent.change(field, { target: { value } })
    fireEvent.keyDown(field, { key: 'Enter' })
    if (value === '2026-01-01') await screen.findByText(/1 would load/)
  }
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Discard edits' })).toBeNull())
})

test('rows that are left out stay in sight and can be held again', async () => {
  const { user, rules } = await openHeld()
  await user.click(within(rules).getByRole('button', { name: /Fewer fields/ }))
  expect((await grid()).textContent).toContain('u_20001,short@example.com')
  await user.click(await screen.findByRole('combobox', { name: 'What to do with all of them' }))
  await user.click(await screen.findByRole('option', { name: 'Leave the rows out', hidden: true }))
  await user.click(await screen.findByRole('button', { name: 'Leave out 1 row' }))
  await screen.findByText('1 row left out')
  const aside = await within(rules).findByRole('heading', { name: 'Left out' })
  await user.click(within(aside.nextElementSibling as HTMLElement).getByRole('button', { name: /Fewer fields/ }))
  expect((await grid()).getAttribute('aria-readonly')).toBe('true')
  await user.click(screen.getByRole('button', { name: 'Hold 1 row again' }))
  await waitFor(() => expect(within(rules).queryByRole('heading', { name: 'Left out' })).toBeNull())
})

test('the figure of one file leads to its held rows alone', async () => {
  const { user } = openApp('#/import')
  await user.click(await screen.findByRole('button', { name: '116 held rows of events.jsonl.gz' }))
  const rules = await screen.findByRole('navigation', { name: 'Held rows by rule' })
  expect(within(rules).queryByText('users.csv')).toBeNull()
  await waitFor(async () => expect((await grid()).getAttribute('aria-rowcount')).toBe('117'))
  await user.click(within(rules).getByRole('button', { name: 'Show all files' }))
  await within(rules).findByText('users.csv')
})

test('a corrected file that is dropped says what it would load, and loads it', async () => {
  const { user, client } = openApp('#/import')
  await screen.findByRole('tab', { name: /Held rows/ })
  const file = new File(['_error_file,_error_line\n'], 'held_rows.csv')
  fireEvent.drop(window, { dataTransfer: { types: ['Files'], files: [file], items: [] } })
  const dialog = await screen.findByRole('dialog')
  expect(dialog.textContent).toContain('28 rows read. 2 would load')
  expect(dialog.textContent).toContain('26 they stay held')
  await user.click(within(dialog).getByRole('button', { name: 'Load 2 rows' }))
  await screen.findByText('2 rows loaded')
  expect(client.calls).not.toContain('import.inspect')
})

test('a corrected file whose encoding nothing proves asks for it, and is read in the one that is chosen', async () => {
  const { user, client } = openApp('#/import')
  await screen.findByRole('tab', { name: /Held rows/ })
  const file = new File(['_error_file,_error_line\n'], 'held_excel.csv')
  fireEvent.drop(window, { dataTransfer: { types: ['Files'], files: [file], items: [] } })
  const dialog = await screen.findByRole('dialog', { name: 'Corrected rows in held_excel.csv' })
  expect(dialog.textContent).toContain('As windows-1252 it reads: Zoé')
  const field = within(dialog).getByRole<HTMLInputElement>('combobox', { name: 'Encoding of the file' })
  expect(field.value).toMatch(/^windows-1252/)
  await user.click(within(dialog).getByRole('button', { name: 'Read the file' }))
  await user.click(await screen.findByRole('button', { name: 'Load 2 rows' }))
  await screen.findByText('2 rows loaded')
  expect(client.calls.filter(name => name === 'held.load')).toHaveLength(3)
})
