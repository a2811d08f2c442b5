import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { setModelView, useModelView } from '../../../renderer/src/state/model-view.ts'
import { openApp } from '../support/render-app.tsx'

const signals = () => screen.findByRole('table', { name: 'Signals' })
const panel = () => screen.findByRole('complementary', { name: 'Signal' })
const rowOf = (table: HTMLElement, name: string): HTMLElement =>
  within(table).getByText(name).closest<HTMLElement>('tr') ?? table

test('a signal is changed in its panel, undone, and changed again; nothing is in force before it is applied', async () => {
  const { user, client } = openApp('#/model')
  const table = await signals()
  await user.click(within(table).getByRole('button', { name: /Usage limit hit/ }))
  const points = within(await panel()).getByRole('spinbutton', { name: 'Points' })
  await user.clear(points)
  await user.type(points, '12')
  await screen.findByText('Edited, not in force')
  expect(rowOf(table, 'Usage limit hit').textContent).toContain('changed')
  expect(client.calls).not.toContain('model.apply')
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(screen.queryByText('Edited, not in force')).toBeNull())
  expect(rowOf(table, 'Usage limit hit').textContent).not.toContain('changed')
})

test('the difference is shown before a new version is made, and the version before comes back in one step', async () => {
  const { user } = openApp('#/model')
  await user.click(await screen.findByRole('tab', { name: 'Buckets and stages' }))
  const pql = await screen.findByRole('spinbutton', { name: 'PQL from' })
  await user.clear(pql)
  await user.type(pql, '70')
  await user.click(await screen.findByRole('button', { name: 'Review and apply' }))
  const review = await screen.findByRole('dialog', { name: 'Review and apply' })
  const changes = await within(review).findByRole('table', { name: 'Changes of the model' })
  expect(changes.textContent).toContain('PQL threshold6570')
  await user.click(within(review).getByRole('button', { name: 'Apply as a new version' }))
  await screen.findByText('The model is in force')
  await user.click(screen.getByRole('tab', { name: /Versions/ }))
  const versions = await screen.findByRole('table', { name: 'Versions of the model' })
  await waitFor(() => expect(within(versions).getAllByRole('row')).toHaveLength(3))
  await user.click(within(versions).getAllByRole('button', { name: /Recipe/ })[1]!)
  const difference = await screen.findByRole('table', { name: 'Difference' })
  expect(difference.textContent).toContain('PQL threshold7065')
  await user.click(screen.getByRole('button', { name: 'Bring back' }))
  await screen.findByText('Recipe is in force again')
})

test('stages that do not rise are a fault, and such a draft cannot be applied', async () => {
  const { user } = openApp('#/model')
  await user.click(await screen.findByRole('tab', { name: 'Buckets and stages' }))
  const warm = await screen.findByRole('spinbutton', { name: 'Warm from' })
  await user.clear(warm)
  await user.type(warm, '90')
  const findings = await screen.findByRole('region', { name: 'Findings about the model' })
  await within(findings).findByText(/stages must rise/)
  expect(screen.getByRole('button', { name: 'Review and apply' }).hasAttribute('disabled')).toBe(true)
  window.location.hash = '#/scores'
  await screen.findByRole('grid', { name: 'Workspaces by score' })
  window.location.hash = '#/model'
  const again = await screen.findByRole<HTMLInputElement>('spinbutton', { name: 'Warm from' })
  await waitFor(() => expect(again.value).toBe('90'))
  await screen.findByText('Edited, not in force')
})

test('a cap and a decay of its own are switched on and drawn', async () => {
  const { user } = openApp('#/model')
  await user.click(within(await signals()).getByRole('button', { name: /Usage limit hit/ }))
  const aside = await panel()
  await user.click(within(aside).getByRole('switch', { name: 'Cap' }))
  await within(aside).findByRole('spinbutton', { name: 'Cap, points' })
  expect(rowOf(await signals(), 'Usage limit hit').textContent).toContain('30 in 7 d')
  await user.click(within(aside).getByRole('switch', { name: 'Decay of its own' }))
  await user.selectOptions(await within(aside).findByRole('combobox', { name: 'Curve' }), 'Half-life')
  expect(within(aside).getByRole('table', { name: 'What is left of Usage limit hit by age' }).textContent).toContain(
    '50 %',
  )
})

test('a finding leads to its signal', async () => {
  const { user } = openApp('#/model')
  const findings = await screen.findByRole('region', { name: 'Findings about the model' })
  await user.click(within(findings).getByRole('button', { name: 'Usage limit hit' }))
  expect((await panel()).textContent).toContain('No cap: 2 events in a day fill the intent bucket')
})

test('a finding about a bucket is named as the bucket, not by its path', async () => {
  const { user } = openApp('#/model')
  const findings = within(await screen.findByRole('region', { name: 'Findings about the model' }))
  await user.click(findings.getByRole('button', { name: /more findings/ }))
  await user.click(findings.getByRole('button', { name: 'Depth' }))
  expect(screen.getByRole('tab', { name: 'Buckets and stages' }).getAttribute('aria-selected')).toBe('true')
})

test('a kind of the taxonomy becomes a signal', async () => {
  const { user } = openApp('#/model')
  await signals()
  await user.keyboard('n')
  const dialog = await screen.findByRole('dialog', { name: 'Add a signal' })
  await user.click(within(dialog).getByRole('combobox', { name: 'Kind of event' }))
  await user.click(await screen.findByRole('option', { name: 'Plan upgraded', hidden: true }))
  await user.click(within(dialog).getByRole('button', { name: 'Add' }))
  expect((await panel()).textContent).toContain('Plan upgraded')
})

test('a preset becomes a draft; a checklist shows its checks', async () => {
  const { user, client } = openApp('#/model')
  await user.click(await screen.findByRole('button', { name: 'More about the model' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Start from a preset' }))
  await user.click(await screen.findByRole('button', { name: 'Edit Checklist' }))
  const checks = await screen.findByRole('table', { name: 'Checks' })
  expect(within(checks).getByRole('spinbutton', { name: 'Logins 7d, points' })).toHaveProperty('value', '10')
  expect(client.calls).not.toContain('model.apply')
})

test('text that is no model says where it is wrong and is not taken; text that is one becomes the draft', async () => {
  const { user } = openApp('#/model')
  await user.click(await screen.findByRole('tab', { name: 'JSON' }))
  const text = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Model as JSON' })
  const good = text.value
  await user.clear(text)
  await user.paste(good.replace('"points": 10', '"points": "ten"'))
  await user.click(screen.getByRole('button', { name: 'Check and take as draft' }))
  await screen.findByRole('alert')
  expect(screen.queryByText('Edited, not in force')).toBeNull()
  await user.clear(text)
  await user.paste(good.replace('"name": "Recipe"', '"name": "Ours"'))
  await user.click(screen.getByRole('button', { name: 'Check and take as draft' }))
  await screen.findByText('Edited, not in force')
})

test('a model that came into force meanwhile is taken into the draft, or the draft is let go', async () => {
  const { user, client } = openApp('#/model')
  await user.click(await screen.findByRole('tab', { name: 'Buckets and stages' }))
  const hot = await screen.findByRole('spinbutton', { name: 'Hot PQL from' })
  await user.clear(hot)
  await user.type(hot, '90')
  await screen.findByText('Edited, not in force')
  const changed = async (stages: object): Promise<void> => {
    const model = JSON.parse((await client['model.get']({})).json) as { stages: object }
    await client['model.apply']({ json: JSON.stringify({ ...model, stages: { ...model.stages, ...stages } }) })
  }
  await changed({ hot: 85, pql: 70 })
  await user.click(await screen.findByRole('button', { name: 'Review and apply' }))
  const review = await screen.findByRole('dialog', { name: 'Review and apply' })
  await within(review).findByRole('table', { name: 'Changes of the model' })
  await user.click(within(review).getByRole('button', { name: 'Apply as a new version' }))
  await screen.findByText('The model changed since this draft was begun')
  await user.click(screen.getByRole('button', { name: 'Bring up to date' }))
  const dialog = await screen.findByRole('dialog', { name: 'Bring the draft up to date' })
  const inForce = await within(dialog).findByRole('table', { name: 'Changes in force' })
  expect(inForce.textContent).toContain('PQL threshold6570')
  expect(within(dialog).getByRole('table', { name: 'Places changed by both' }).textContent).toContain('808590')
  await user.click(within(dialog).getByRole('button', { name: 'Take the changes over' }))
  await screen.findByText('Edited, not in force')
  expect((await screen.findByRole<HTMLInputElement>('spinbutton', { name: 'PQL from' })).value).toBe('70')
  expect(screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Hot PQL from' }).value).toBe('90')
})

test('where nothing came into force meanwhile there is nothing to take over: the dialog closes', async () => {
  openApp('#/model')
  await signals()
  act(() => setModelView({ dialog: 'rebase' }))
  await waitFor(() => expect(useModelView.getState().dialog).toBeNull())
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Bring the draft up to date' })).toBeNull())
})
