import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { AppError } from '#lib/errors'
import { openApp } from '../support/render-app.tsx'

const ready = () => screen.findByRole('table', { name: 'Volume per destination' })
const stageFigure = (name: string): string =>
  [...document.querySelectorAll('.stage-strip__stage')].find(one => one.textContent?.startsWith(name))?.textContent ??
  ''

test('what if intent decayed in 14 days: found by its words, changed, and answered in place', async () => {
  const { user, client } = openApp('#/simulator')
  await ready()
  await user.keyboard('/')
  await user.keyboard('intent decay')
  const field = await screen.findByRole('spinbutton', { name: 'Intent, decay, days, figure' })
  expect(screen.queryByRole('slider', { name: 'PQL threshold' })).toBeNull()
  await user.clear(field)
  await user.type(field, '14')
  await screen.findByText('1 change')
  const changes = screen.getByRole('region', { name: 'Changes' })
  expect(changes.textContent).toContain('7 d → 14 d')
  await waitFor(() => expect(stageFigure('Hot PQL')).toMatch(/\+\d/))
  await user.click(screen.getByRole('tab', { name: 'Movers' }))
  const movers = await screen.findByRole('grid', { name: 'Movers' })
  expect((await within(movers).findAllByText(/Intent, decay, days/)).length).toBeGreaterThan(0)
  expect(client.calls).not.toContain('model.apply')
})

test('a threshold is moved by keyboard, counted without a call, and taken back', async () => {
  const { user, client } = openApp('#/simulator')
  await ready()
  const before = stageFigure('PQL')
  const handle = screen.getByRole('slider', { name: 'PQL from' })
  Object.assign(client, { 'simulate.set': async () => await new Promise(() => undefined) })
  handle.focus()
  fireEvent.keyDown(handle, { key: 'ArrowLeft', shiftKey: true })
  fireEvent.keyUp(handle, { key: 'ArrowLeft' })
  expect(handle.getAttribute('aria-valuetext')).toBe('55 points, 65 before')
  expect(stageFigure('PQL')).toMatch(/^PQL\d+\+\d+from/)
  await user.click(screen.getByRole('button', { name: 'Take back PQL threshold' }))
  expect(stageFigure('PQL')).toBe(before)
})

test('a threshold is dragged', async () => {
  openApp('#/simulator')
  await ready()
  const handle = screen.getByRole('slider', { name: 'Hot PQL from' })
  fireEvent.pointerDown(handle, { button: 0, clientX: 600, pointerId: 1 })
  fireEvent.pointerMove(handle, { clientX: 540, pointerId: 1 })
  expect(screen.queryByText('1 change')).toBeNull()
  fireEvent.pointerUp(handle, { clientX: 540, pointerId: 1 })
  await screen.findByText('1 change')
  expect(Number(handle.getAttribute('aria-valuenow'))).toBeLessThan(80)
})

test('a ribbon opens its list, also from the table, and a unit opens from there', async () => {
  const { user } = openApp('#/simulator')
  await ready()
  const handle = screen.getByRole('slider', { name: 'PQL from' })
  fireEvent.keyDown(handle, { key: 'PageDown' })
  fireEvent.keyUp(handle, { key: 'PageDown' })
  await user.click(screen.getByRole('tab', { name: /^Stages/ }))
  const ribbon = await screen.findByRole('button', { name: /workspaces from Warm to PQL/ })
  const name = ribbon.getAttribute('aria-label') ?? ''
  ribbon.focus()
  fireEvent.keyDown(ribbon, { key: 'Enter' })
  await screen.findByRole('grid', { name })
  await user.click(screen.getByRole('button', { name: 'All flows' }))
  await user.click(screen.getByText('Table'))
  await user.click(await screen.findByRole('button', { name }))
  const grid = await screen.findByRole('grid', { name })
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  fireEvent.keyDown(grid, { key: 'Enter' })
  await screen.findByRole('complementary', { name: 'Workspace' })
})

test('a capacity is typed where it is compared', async () => {
  const { user } = openApp('#/simulator')
  const table = await ready()
  const field = within(table).getByRole('spinbutton', { name: 'Capacity of SDR a week' })
  await user.clear(field)
  await user.type(field, '1')
  const row = field.closest('tr')
  await waitFor(() => expect(row?.textContent).toMatch(/\d+ over/))
})

test('nothing moves: said so, and how to change that', async () => {
  const { user } = openApp('#/simulator')
  await ready()
  await user.click(screen.getByRole('tab', { name: 'Movers' }))
  await screen.findByText('Nobody moves')
  await user.click(screen.getByRole('tab', { name: /^Destinations/ }))
  await screen.findByText(/Every workspace stays where it goes/)
})

test('mod Z undoes; reset all takes every change out', async () => {
  const { user } = openApp('#/simulator')
  await ready()
  for (const name of ['Warm from', 'Hot PQL from']) {
    const handle = screen.getByRole('slider', { name })
    fireEvent.keyDown(handle, { key: 'ArrowLeft' })
    fireEvent.keyUp(handle, { key: 'ArrowLeft' })
  }
  await screen.findByText('2 changes')
  fireEvent.keyDown(window, { key: 'z', ctrlKey: true })
  await screen.findByText('1 change')
  await user.click(screen.getByRole('button', { name: 'Reset all' }))
  await screen.findByText('Nothing changed')
})

test('without scores the way to them; a failure can be tried again', async () => {
  openApp('#/simulator', { isScored: false })
  await screen.findByText('Nothing has been scored yet')
  const { user, client } = openApp('#/home')
  const open = client['simulate.open']
  Object.assign(client, {
    'simulate.open': async () => {
      Object.assign(client, { 'simulate.open': open })
      throw new AppError('store/corrupt', 'a segment of cells is damaged')
    },
  })
  await user.click(await screen.findByRole('link', { name: 'Simulator' }))
  await user.click(await screen.findByRole('button', { name: 'Try again' }))
  await ready()
})

test('when the engine lost the simulator, the changes are kept until it is open again', async () => {
  const { user, client } = openApp('#/simulator')
  await ready()
  const set = client['simulate.set']
  Object.assign(client, {
    'simulate.set': async () => await Promise.reject(new AppError('score/no-run', 'these scores are not open')),
  })
  const handle = screen.getByRole('slider', { name: 'PQL from' })
  fireEvent.keyDown(handle, { key: 'PageDown' })
  fireEvent.keyUp(handle, { key: 'PageDown' })
  const again = await screen.findByRole('button', { name: 'Try again' })
  Object.assign(client, { 'simulate.set': set })
  await user.click(again)
  await ready()
  await screen.findByText('1 change')
  expect(stageFigure('PQL')).toMatch(/\+\d+from/)
})

test('who is who is answered within the scenario, seen, taken back and applied with it', async () => {
  const { user, client } = openApp('#/simulator')
  await ready()
  await user.click(screen.getByRole('button', { name: /^Who is who/ }))
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Open candidates' }), 'Workspaces')
  const list = await screen.findByRole('list', { name: 'Candidates' })
  const [merge] = await within(list).findAllByRole('button', { name: 'Merge' })
  if (merge === undefined) throw new Error('no candidate is open')
  await user.click(merge)
  await screen.findByText('1 change')
  expect(merge.getAttribute('aria-pressed')).toBe('true')
  const changes = screen.getByRole('region', { name: 'Changes' })
  expect(changes.textContent).toContain('one workspace')
  const who = screen.getByRole('region', { name: 'Who is who' })
  await waitFor(() => expect(who.textContent).toMatch(/Workspaces scored\d+ −1/))
  const handle = within(who).getByRole('slider', { name: 'Records are joined from' })
  fireEvent.change(handle, { target: { value: '12' } })
  fireEvent.keyUp(handle, { key: 'ArrowRight' })
  await screen.findByText('2 changes')
  await user.click(screen.getByRole('button', { name: 'Review and apply' }))
  const dialog = await screen.findByRole('dialog', { name: 'Review and apply' })
  const told = within(dialog).getByRole('region', { name: 'Who is who' })
  expect(told.textContent).toContain('7 bits → 12 bits')
  expect(told.textContent).toContain('one workspace')
  expect(client.calls).not.toContain('review.decide')
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  await user.click(merge)
  await screen.findByText('1 change')
})

test('a cap is taken away, and comes back', async () => {
  const { user } = openApp('#/simulator')
  await ready()
  await user.click(screen.getByRole('button', { name: /^Signals/ }))
  await user.click(screen.getByRole('button', { name: 'Pricing page view' }))
  const cap = await screen.findByRole('slider', { name: 'Pricing page view, cap' })
  fireEvent.change(cap, { target: { value: '10' } })
  fireEvent.keyUp(cap, { key: 'ArrowRight' })
  await screen.findByText('2 changes')
  await user.click(screen.getByRole('button', { name: 'Take away: Pricing page view, cap' }))
  await screen.findByText('Nothing changed')
  expect(cap.getAttribute('aria-valuetext')).toBe('none')
})

test('accounts are simulated by themselves; the scenario stays', async () => {
  const { user, client } = openApp('#/simulator')
  await ready()
  await user.click(screen.getByRole('radio', { name: 'Accounts' }))
  await waitFor(() => expect(client.calls.filter(name => name === 'simulate.open')).toHaveLength(2))
  await ready()
  expect(screen.getByRole('radio', { name: 'Accounts', checked: true })).toBeTruthy()
  await user.click(screen.getByRole('tab', { name: 'Close calls' }))
  const list = await screen.findByRole('grid', { name: 'Closest to going elsewhere' })
  await within(list).findByRole('columnheader', { name: 'Account' })
  await user.click((await within(list).findAllByRole('row'))[1] as HTMLElement)
  await user.click(await screen.findByRole('button', { name: 'Open' }))
  expect(window.location.hash).toMatch(/account/)
})

test('while the threshold of who is who moves, its counts follow at once; scores and volumes follow when it rests', async () => {
  const { user, client } = openApp('#/simulator')
  await ready()
  await user.click(screen.getByRole('button', { name: /^Who is who/ }))
  await screen.findByText('Merged records')
  const part = screen.getByRole('region', { name: 'Who is who' })
  const handle = within(part).getByRole('slider')
  expect(part.textContent).toContain('Nothing joins and nothing falls apart.')
  const main = document.querySelector('.simulator__main')
  const asked: unknown[] = []
  const set = client['simulate.set']
  Object.assign(client, {
    'simulate.set': async (input: Parameters<typeof set>[0]) => {
      asked.push(input.scenario.identity?.threshold)
      return await set(input)
    },
  })
  for (const value of ['9', '10', '12']) fireEvent.change(handle, { target: { value } })
  fireEvent.keyUp(handle, { key: 'ArrowRight' })
  expect(part.querySelector('output')?.textContent).toMatch(/^[\d,]+ unions? would fall apart\.$/)
  expect(screen.getByText('Working out scores and volumes').getAttribute('role')).toBe('status')
  expect(main?.getAttribute('aria-busy')).toBe('true')
  await waitFor(() => expect(main?.getAttribute('aria-busy')).toBe('false'))
  expect(asked).toEqual([12])
  expect(screen.queryByText('Working out scores and volumes')).toBeNull()
})
