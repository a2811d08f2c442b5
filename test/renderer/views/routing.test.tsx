import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

const rules = () => screen.findByRole('table', { name: 'Rules in their order' })
const titles = (table: HTMLElement): readonly string[] =>
  [...table.querySelectorAll('.rules-table__title')].map(title => title.textContent ?? '')
const lineOf = (table: HTMLElement, title: string): HTMLElement =>
  within(table).getByRole('button', { name: new RegExp(`^${title}`) })

test('a tile says how many go there, and how many of them are on the list that the team gets', async () => {
  openApp('#/routing')
  await rules()
  const strip = screen.getByLabelText('Destinations')
  expect((await within(strip).findAllByText(/^\d+ on the list$/)).length).toBeGreaterThan(3)
  const [first] = within(strip).getAllByText(/on the list$/)
  expect(first?.title).toMatch(/^\d+ workspaces? go(es)? to SDR\. \d+ (is|are) on its list/)
})

test('lists by earlier rules are called old until the workspaces are scored again', async () => {
  const { user, client } = openApp('#/routing', { isStale: true })
  await rules()
  const strip = screen.getByLabelText('Destinations')
  const [first] = await within(strip).findAllByText(/^\d+ on the old list$/)
  expect(first?.title).toContain('earlier rules')
  await user.click(screen.getByRole('button', { name: 'Re-score' }))
  await waitFor(() => expect(within(strip).queryByText(/on the old list$/)).toBeNull())
  expect(client.calls).toContain('score.run')
})

test('while rules are drafted every list but that of nobody is called the present one', async () => {
  const { user } = openApp('#/routing')
  const strip = await screen.findByLabelText('Destinations')
  const before = (await within(strip).findAllByText(/^\d+ on the list$/)).length
  lineOf(await rules(), 'Open anomaly').focus()
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
  await waitFor(() => expect(within(strip).getAllByText(/^\d+ listed now$/)).toHaveLength(before))
  expect(within(strip).queryByText(/on the list$/)).toBeNull()
  expect(within(strip).getAllByText(/listed now$/)[0]?.title).toContain('not by this draft')
})

test('the parts of routing stand above the panel of a rule, each within reach', async () => {
  const { user } = openApp('#/routing')
  await user.click(lineOf(await rules(), 'Open anomaly'))
  const panel = await screen.findByRole('complementary', { name: 'Rule' })
  const parts = screen.getByRole('tablist', { name: 'Parts of routing' })
  expect(panel.parentElement?.previousElementSibling).toBe(parts)
  await user.click(within(parts).getByRole('tab', { name: 'Versions' }))
  await waitFor(() => expect(screen.queryByRole('complementary', { name: 'Rule' })).toBeNull())
})

test('a rule is moved with Alt and arrows, back with Undo; the default stays last', async () => {
  const { user, client } = openApp('#/routing')
  const table = await rules()
  lineOf(table, 'Open anomaly').focus()
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
  expect(titles(table).slice(0, 2)).toEqual(['Open anomaly', 'Deleted, sandbox or development workspace'])
  await screen.findByText('2 rules changed, not in force')
  lineOf(table, 'In the product now').focus()
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
  expect(titles(table).at(-1)).toBe('Everybody else')
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  expect(titles(table)[0]).toBe('Deleted, sandbox or development workspace')
  await waitFor(() => expect(screen.queryByText(/not in force/)).toBeNull())
  expect(client.calls).not.toContain('routing.save')
})

test('a rule is dragged by its grip to the place of another', async () => {
  openApp('#/routing')
  const table = await rules()
  const grip = table.querySelectorAll('.rules-table__grip')[1] as HTMLElement
  const target = within(table).getAllByRole('row')[5] as HTMLElement
  const dataTransfer = { types: ['text/plain'], setData: () => undefined, effectAllowed: 'none' }
  fireEvent.dragStart(grip, { dataTransfer })
  fireEvent.dragOver(target, { dataTransfer })
  fireEvent.drop(target, { dataTransfer })
  expect(titles(table)[4]).toBe('Open anomaly')
})

test('an edited condition is tried at once: the figures, who moves, and with an example that can be tried', async () => {
  const { user } = openApp('#/routing')
  const table = await rules()
  await user.click(lineOf(table, 'Hot, well-fitting'))
  const panel = await screen.findByRole('complementary', { name: 'Rule' })
  const figure = within(panel).getByRole('spinbutton', { name: 'Score: figure' })
  await user.clear(figure)
  await user.paste('60')
  await user.tab()
  const moves = await screen.findByRole('table', { name: 'Moves from the rules in force' })
  expect(moves.textContent).toContain('Lifecycle emailSDR')
  expect(screen.getByLabelText('Destinations').textContent).toMatch(/SDR\d+\+\d+/)
  await user.click(within(moves).getAllByRole('button')[0] as HTMLElement)
  const decision = await screen.findByRole('region', { name: 'Decision' })
  expect(decision.textContent).toContain('rule 5, Hot, well-fitting')
  expect(screen.getByText('By the edited rules, which are not in force.')).toBeDefined()
  await screen.findByText('1 rule changed, not in force')
})

test('a rule that can never decide says so, behind which one, and names a workspace', async () => {
  const { user } = openApp('#/routing')
  const table = await rules()
  await user.click(lineOf(table, 'Paid, with something'))
  await user.click(await screen.findByRole('button', { name: 'Copy the rule' }))
  await waitFor(() => expect(screen.getAllByText('Never decides: rule 3 takes all')).toHaveLength(2))
  const copy = screen.getAllByText('Never decides: rule 3 takes all')[0]
  expect(copy?.closest('tr')?.textContent).toContain('Paid, with something to expand, save or renew, copy')
  const panel = screen.getByRole('complementary', { name: 'Rule' })
  expect(panel.textContent).toMatch(/It can never decide.*Such as \S/)
})

test('a field that is no rule is told at its place, keeps the figures, and cannot be saved', async () => {
  const { user } = openApp('#/routing')
  const table = await rules()
  await user.click(lineOf(table, 'Open anomaly'))
  await user.clear(await screen.findByRole('textbox', { name: 'Title of the rule' }))
  await screen.findByText(/1 field to correct; the figures/)
  expect(screen.getByRole('button', { name: 'Review and save' }).hasAttribute('disabled')).toBe(true)
  await user.keyboard('Anomalies')
  await waitFor(() => expect(screen.queryByText(/to correct/)).toBeNull())
})

test('edited rules are reviewed, saved as a version, and an earlier one is brought back', async () => {
  const { user } = openApp('#/routing')
  const table = await rules()
  await user.click(screen.getByRole('button', { name: 'Move Paid up' }))
  await user.click(await screen.findByRole('button', { name: 'Review and save' }))
  const dialog = await screen.findByRole('dialog', { name: 'Review and save' })
  expect(within(dialog).getByRole('region', { name: 'Changes' }).textContent).toContain('4 → 3')
  await user.click(within(dialog).getByRole('button', { name: 'Save as a version' }))
  await screen.findByText('The rules are in force')
  expect(titles(table)[2]).toBe('Paid')
  await user.click(screen.getByRole('tab', { name: 'Versions' }))
  const versions = await screen.findByRole('table', { name: 'Versions of the rules' })
  await waitFor(() => expect(within(versions).getAllByRole('row')).toHaveLength(3))
  await user.click(within(versions).getByRole('button', { name: 'Bring back Recipe, version 1' }))
  const back = await screen.findByRole('dialog')
  await within(back).findByRole('heading', { name: /Goes elsewhere/ })
  await user.click(within(back).getByRole('button', { name: 'Bring into force' }))
  await screen.findByText('An earlier version is in force')
  await user.click(screen.getByRole('tab', { name: /Rules/ }))
  expect(titles(await rules())[3]).toBe('Paid')
})

test('a workspace is found by name and every rule is shown with its values, also behind the one that decides', async () => {
  const { user, client } = openApp('#/routing')
  await rules()
  await user.keyboard('/')
  const field = await screen.findByRole('textbox', { name: 'Workspace' })
  await waitFor(() => expect(document.activeElement).toBe(field))
  await waitFor(() => expect(document.querySelectorAll('.match')).toHaveLength(12))
  await user.keyboard('{ArrowDown}{Enter}')
  const tried = await screen.findByRole('region', { name: 'Rules tried' })
  expect(within(tried).getAllByText('decides')).toHaveLength(1)
  expect(within(tried).getAllByText(/not reached/).length).toBeGreaterThan(0)
  const stops = screen.getByRole('region', { name: 'Suppressions' })
  expect(stops.textContent).toContain('stops SDR')
  await user.click(within(stops).getByRole('button', { name: 'Deal Tarnbrook upgrade is open' }))
  expect(client.calls).toContain('project.record')
})

test('a sequence and the days of a suppression are edited with the rules and undone as one step each', async () => {
  const { user } = openApp('#/routing')
  await rules()
  await user.click(screen.getByRole('tab', { name: 'Suppressions' }))
  await user.type(await screen.findByRole('textbox', { name: 'Sequence of SDR' }), 'Hot trial')
  await screen.findByText('Settings changed, not in force')
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(screen.queryByText(/not in force/)).toBeNull())
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Sequence of SDR' }).value).toBe('')
})

test('people of the pools get a team and a capacity, and a pool another that helps it', async () => {
  const { user } = openApp('#/routing')
  await rules()
  await user.click(screen.getByRole('tab', { name: 'Teams' }))
  await user.click(await screen.findByRole('button', { name: 'Add a person' }))
  const people = await screen.findByRole('table', { name: 'People of the pools' })
  await user.type(within(people).getByRole('textbox', { name: 'Name of person_1' }), 'Ana')
  await user.type(within(people).getByRole('spinbutton', { name: 'Workspaces per week of Ana' }), '5')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Overflow of the SDR pool' }), 'AE')
  await screen.findByText('Settings changed, not in force')
  await user.clear(within(people).getByRole('textbox', { name: 'Owner id of Ana' }))
  await within(people).findByRole('alert')
  await user.click(within(people).getByRole('button', { name: 'Remove Ana' }))
  await screen.findByText('The pools are made of the imported CRM users')
})

test('without scores the room says what to do first', async () => {
  openApp('#/routing', { isScored: false })
  await screen.findByText('Nothing has been scored yet')
})
