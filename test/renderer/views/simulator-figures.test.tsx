import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { AppError } from '#lib/errors'
import { openApp } from '../support/render-app.tsx'

const ready = () => screen.findByRole('table', { name: 'Volume per destination' })

test('which threshold fills 40 a week: asked as a sentence, answered with what it lets in, and taken over', async () => {
  const { user } = openApp('#/simulator')
  await ready()
  await user.click(screen.getByRole('tab', { name: 'Fill a capacity' }))
  const field = await screen.findByRole('spinbutton', { name: 'New a week' })
  await user.clear(field)
  await user.type(field, '40')
  // on the way to 40 there is 4
  const entrants = async (): Promise<number> =>
    Number.parseInt((await screen.findByText(/^\d+ new workspaces?$/)).textContent ?? '', 10)
  await waitFor(async () => expect(await entrants()).toBeGreaterThan(4))
  expect(await entrants()).toBeLessThanOrEqual(40)
  await user.click(await screen.findByRole('button', { name: /^Use / }))
  const changes = screen.getByRole('region', { name: 'Changes' })
  await waitFor(() => expect(changes.textContent).toContain('PQL threshold'))
})

test('a threshold that the stages leave no room for is not offered but the best that they do, and a value that cannot be is said so', async () => {
  const { user, client } = openApp('#/simulator')
  await ready()
  await user.click(screen.getByRole('tab', { name: 'Fill a capacity' }))
  const field = await screen.findByRole('spinbutton', { name: 'New a week' })
  await user.clear(field)
  await user.type(field, '100')
  await screen.findByText(/the lower threshold, at 50, would have to move first/)
  expect(screen.getByRole('button', { name: /^Use / }).textContent).toBe('Use 50')
  Object.assign(client, {
    'simulate.set': async () => await Promise.reject(new AppError('contract/bad-input', 'decayDays: too small')),
  })
  fireEvent.change(screen.getByRole('spinbutton', { name: 'Intent, decay, days, figure' }), { target: { value: '-3' } })
  const alert = await screen.findByText('Intent, decay, days cannot be −3 d. The picture is of the values before.')
  expect(alert.title).toBe('decayDays: too small')
})

test('more than there is room for at any threshold is said so', async () => {
  const { user } = openApp('#/simulator')
  await ready()
  await user.click(screen.getByRole('tab', { name: 'Fill a capacity' }))
  const field = await screen.findByRole('spinbutton', { name: 'New a week' })
  await user.clear(field)
  await user.type(field, '100000')
  await screen.findByText(/the capacity is never full/)
})

test('the most telling parameter comes first and is found from there; still ones are counted', async () => {
  const { user } = openApp('#/simulator')
  await ready()
  await user.click(screen.getByRole('tab', { name: 'Sensitivity' }))
  const table = await screen.findByRole('table', { name: 'Sensitivity' })
  await within(table).findByText(/1 more parameters? do/)
  await user.click(within(table).getByRole('button', { name: 'PQL threshold' }))
  expect(screen.getByRole('slider', { name: 'PQL threshold' })).toBeDefined()
  expect(screen.queryByRole('slider', { name: 'Intent, decay, days' })).toBeNull()
  fireEvent.keyDown(screen.getByRole('slider', { name: 'PQL from' }), { key: 'ArrowLeft' })
  fireEvent.keyUp(screen.getByRole('slider', { name: 'PQL from' }), { key: 'ArrowLeft' })
  await screen.findByRole('button', { name: 'Work out for these changes' })
})

test('the closest calls say how many points are missing, and what would send one elsewhere', async () => {
  const { user } = openApp('#/simulator')
  await ready()
  await user.click(screen.getByRole('tab', { name: 'Close calls' }))
  const grid = await screen.findByRole('grid', { name: 'Closest to going elsewhere' })
  await screen.findByText(/would go elsewhere/)
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  fireEvent.keyDown(grid, { key: 'Enter' })
  const strip = await screen.findByRole('region', { name: 'Smallest changes' })
  await within(strip).findByText('Hot PQL threshold')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Whose edges' }), 'review')
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Smallest changes' })).toBeNull())
})

test('scenarios are saved, changed, compared and taken up again', async () => {
  const { user } = openApp('#/simulator')
  await ready()
  const menu = async (item: string): Promise<void> => {
    await user.click(document.querySelector('.scenario-menu') ?? document.body)
    await user.click(await screen.findByRole('menuitem', { name: item, hidden: true }))
  }
  const handle = screen.getByRole('slider', { name: 'PQL from' })
  fireEvent.keyDown(handle, { key: 'PageDown' })
  fireEvent.keyUp(handle, { key: 'PageDown' })
  await menu('Save as')
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Lower bar{Enter}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await menu('New scenario')
  await screen.findByText('Nothing changed')
  await user.click(screen.getByRole('tab', { name: 'Compare' }))
  await user.click(await screen.findByRole('button', { name: 'Lower bar' }))
  const table = await screen.findByRole('table', { name: 'Scenarios side by side' })
  await waitFor(() => expect(within(table).getAllByRole('columnheader')).toHaveLength(4))
  expect(within(table).getByRole('row', { name: /^Warm · PQL · Hot from/ }).textContent).toContain('50 · 55 · 80')
  await menu('Lower bar')
  await screen.findByText('1 change')
  await menu('Remove from the project')
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Lower bar' })).toBeNull())
})

test('a scenario is applied after its changes were seen, and reverted in one step', async () => {
  const { user, client } = openApp('#/simulator')
  await ready()
  const field = screen.getByRole('spinbutton', { name: 'Intent, decay, days, figure' })
  await user.clear(field)
  await user.type(field, '14')
  await user.click(screen.getByRole('button', { name: /^Routing thresholds/ }))
  const rule = await screen.findByRole('slider', { name: /score from/ })
  fireEvent.change(rule, { target: { value: '75' } })
  await user.click(screen.getByRole('button', { name: 'Review and apply' }))
  const dialog = await screen.findByRole('dialog', { name: 'Review and apply' })
  expect(within(dialog).getByRole('region', { name: 'Scoring model, a new version' }).textContent).toContain(
    '7 d → 14 d',
  )
  expect(within(dialog).getByRole('region', { name: 'Routing rules, a new version' }).textContent).toContain('80 → 75')
  expect(client.calls).not.toContain('scenario.apply')
  await user.click(within(dialog).getByRole('button', { name: 'Apply as a new version' }))
  await screen.findByText('2 changes applied')
  expect(screen.queryByRole('button', { name: 'Review and apply' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Revert' }))
  await screen.findByText('2 changes not applied')
  expect(client.calls).toContain('scenario.revert')
})

test('a scenario file is opened; one that is none says what is wrong', async () => {
  const { user } = openApp('#/simulator')
  await ready()
  const field = await screen.findByLabelText<HTMLInputElement>('Scenario file')
  const text = { version: 1, name: 'From a file', model: { stages: { hot: 90 } } }
  await user.upload(field, new File([JSON.stringify(text)], 'a.json', { type: 'application/json' }))
  await screen.findByText('1 change')
  expect(document.querySelector('.scenario-menu')?.textContent).toContain('From a file')
  await user.upload(field, new File(['{"version":1,"model":{"signals":3}}'], 'b.json', { type: 'application/json' }))
  await screen.findByText(/expected a record/)
  expect(screen.getByText('1 change')).toBeDefined()
})
