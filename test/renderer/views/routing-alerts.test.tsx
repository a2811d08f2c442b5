import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { AppError } from '#lib/errors'
import { openApp } from '../support/render-app.tsx'

async function openTab(name: string, options: Parameters<typeof openApp>[1] = {}) {
  const app = openApp('#/routing', options)
  await screen.findByRole('table', { name: 'Rules in their order' })
  await app.user.click(screen.getByRole('tab', { name }))
  return app
}

const rows = (grid: HTMLElement): number => Number(grid.getAttribute('aria-rowcount')) - 1

test('alerts are filtered by kind, owner and what was seen', async () => {
  const { user } = await openTab('Alerts')
  const grid = await screen.findByRole('grid', { name: 'Alerts' })
  expect(rows(grid)).toBe(14)
  await user.click(screen.getByRole('button', { name: /New PQL/ }))
  await waitFor(() => expect(rows(grid)).toBe(5))
  await user.selectOptions(screen.getByRole('combobox', { name: 'Alerts for' }), 'Maren Holbeck')
  await waitFor(() => expect(rows(grid)).toBe(3))
  await user.click(screen.getByRole('button', { name: 'Mark 3 as seen' }))
  await screen.findByRole('button', { name: 'Mark 0 as seen' })
  await user.click(screen.getByRole('button', { name: 'Not seen' }))
  await screen.findByText('No alert is left by these filters')
})

test('an alert is opened by keyboard, shows the records behind it, and is marked as seen and back', async () => {
  const { user, client } = await openTab('Alerts')
  const grid = await screen.findByRole('grid', { name: 'Alerts' })
  grid.focus()
  await user.keyboard('{ArrowDown}{Enter}')
  const panel = await screen.findByRole('complementary', { name: 'Alert' })
  await user.click(within(panel).getByRole('button', { name: /^workspaces / }))
  await screen.findByRole('dialog')
  expect(client.calls).toContain('project.record')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await user.click(within(panel).getByRole('button', { name: 'Mark as seen' }))
  await user.click(await within(panel).findByRole('button', { name: 'Mark as not seen' }))
  await within(panel).findByRole('button', { name: 'Mark as seen' })
})

test('the days for which something is new are a setting of the rules, and the list follows', async () => {
  const { user } = await openTab('Alerts')
  const grid = await screen.findByRole('grid', { name: 'Alerts' })
  const field = screen.getByRole('spinbutton', { name: 'Days for which something is new' })
  await user.clear(field)
  await user.type(field, '2')
  await waitFor(() => expect(rows(grid)).toBe(4))
  await screen.findByText('Settings changed, not in force')
})

test('without anything new the room says what would be told', async () => {
  await openTab('Alerts', { isQuiet: true })
  await screen.findByText('Nothing new in 7 days')
})

test('an anomaly is dismissed where the review destination leads, and the decision is taken back', async () => {
  const { user, client } = openApp('#/routing')
  await screen.findByRole('table', { name: 'Rules in their order' })
  await user.click(within(screen.getByLabelText('Destinations')).getByRole('button', { name: 'Review' }))
  const table = await screen.findByRole('table', { name: 'Anomalies of the routed workspaces' })
  await user.click(within(table).getByRole('button', { name: /^Dismiss: Burst/ }))
  await within(table).findByText('dismissed')
  await user.click(screen.getByRole('button', { name: /^Open/ }))
  await waitFor(() => expect(within(table).queryByText('Burst')).toBeNull())
  await user.click(screen.getByRole('button', { name: /^Open/ }))
  await user.click(within(table).getByRole('button', { name: /^Dismiss: Burst/ }))
  await waitFor(() => expect(within(table).queryByText('dismissed')).toBeNull())
  expect(client.calls.filter(name => name === 'anomalies.decide')).toHaveLength(2)
})

test('scores without anomalies say what would be one', async () => {
  await openTab('Anomalies', { isQuiet: true })
  await screen.findByText('Nothing unusual in these scores')
})

test('workspaces that are only named like a sandbox are told of, with the way to the check that lists them', async () => {
  const { user } = openApp('#/routing')
  await screen.findByText(/3 workspaces are named like a test or a demo and routed as real/)
  await user.click(screen.getByRole('button', { name: 'Show them in Data health' }))
  await screen.findByRole('complementary', { name: 'Workspaces named like a sandbox' })
})

test.each([
  { part: 'Pools', call: 'routing.pools', title: 'The pools cannot be shown' },
  { part: 'Alerts', call: 'routing.alerts', title: 'The alerts cannot be shown' },
  { part: 'ICP', call: 'routing.icp', title: 'The ICP rules cannot be shown' },
  { part: 'Anomalies', call: 'routing.anomalies', title: 'The anomalies cannot be shown' },
] as const)('$part that cannot be read say so and are asked for again', async ({ part, call, title }) => {
  const { user, client } = openApp('#/routing')
  await screen.findByRole('table', { name: 'Rules in their order' })
  const answer = client[call]
  Object.assign(client, { [call]: () => Promise.reject(new AppError('store/corrupt', 'the file is damaged')) })
  await user.click(screen.getByRole('tab', { name: part }))
  await screen.findByText(title)
  Object.assign(client, { [call]: answer })
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(screen.queryByText(title)).toBeNull())
})

test('hundreds of alerts are scrolled, not drawn', async () => {
  const { user } = await openTab('Alerts', { units: 2000 })
  const field = await screen.findByRole('spinbutton', { name: 'Days for which something is new' })
  await user.clear(field)
  await user.type(field, '366')
  const grid = screen.getByRole('grid', { name: 'Alerts' })
  await waitFor(() => expect(rows(grid)).toBe(732))
  expect(within(grid).getAllByRole('row').length).toBeLessThan(80)
})
