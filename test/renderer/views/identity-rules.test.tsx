import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { forgetProject } from '../../../renderer/src/state/session.ts'
import { openApp } from '../support/render-app.tsx'

afterEach(() => forgetProject())

const openTab = async (user: ReturnType<typeof openApp>['user'], name: string): Promise<void> =>
  await user.click(await screen.findByRole('tab', { name }))

test('a weight is changed, reviewed as a difference, and put into force', async () => {
  const { user, client } = openApp('#/identity')
  await openTab(user, 'Rules')
  const field = await screen.findByRole('textbox', { name: 'Phone, same number: precision' })
  await user.clear(field)
  await user.type(field, '0.9')
  await screen.findByText(/1 change not in force yet/)
  expect(screen.getByText('same number').closest('tr')?.textContent).toContain('was 0.93precision+3.17 bits')
  await user.click(screen.getByRole('button', { name: 'Review and apply' }))
  const dialog = await screen.findByRole('dialog', { name: 'Review and apply' })
  await within(dialog).findByText('phone same number: 0.93 becomes 0.9.')
  await user.click(within(dialog).getByRole('button', { name: 'Apply' }))
  await screen.findByText('5 rules; as in force')
  expect((await client['identity.rules']({})).rules[2]?.value).toBe(0.9)
  await user.click(await screen.findByRole('button', { name: 'Back to the default, 0.93' }))
  await screen.findByText(/1 change not in force yet/)
})

test('the join threshold is put into force from where its handle stands', async () => {
  const { user, client } = openApp('#/identity')
  await openTab(user, 'Thresholds')
  ;(await screen.findByRole('slider', { name: 'Join from' })).focus()
  await user.keyboard('{PageUp}')
  await user.click(screen.getByRole('button', { name: 'Join from +9' }))
  const dialog = await screen.findByRole('dialog', { name: 'Review and apply' })
  await user.click(within(dialog).getByRole('button', { name: 'Apply' }))
  await waitFor(async () => expect((await client['identity.rules']({})).thresholds.auto).toBe(9))
})

test('a domain is said to be something else, and goes back to the lists', async () => {
  const { user } = openApp('#/identity')
  await openTab(user, 'Domains')
  await user.click(await screen.findByText('tarnbrook.com'))
  const panel = await screen.findByRole('complementary', { name: 'Domain tarnbrook.com' })
  expect(panel.textContent).toContain('Tarnbrook GmbH')
  await user.click(within(panel).getByRole('radio', { name: /^Relay/ }))
  await screen.findByText('said here')
  await user.click(within(panel).getByRole('radio', { name: /^Corporate/ }))
  await waitFor(() => expect(screen.queryByText('said here')).toBeNull())
})

test('pairs are judged blind, one key each, and the estimate follows with its interval', async () => {
  const { user } = openApp('#/identity')
  await openTab(user, 'Quality')
  const pair = await screen.findByRole('region', { name: 'Pair' })
  expect(pair.textContent).toContain('1 of 4')
  expect(pair.textContent).not.toMatch(/bits/i)
  await user.keyboard('a')
  await screen.findByText('2 of 4')
  await user.keyboard('x')
  await screen.findByText(/from 1 of 2 labelled pairs/)
  await user.keyboard('u')
  await screen.findByText(/from 1 of 2 labelled pairs; 1 unsure is left out\./)
  await user.keyboard('u')
  await screen.findByText('All pairs of the sample are judged')
  await user.keyboard('k')
  await screen.findByText('4 of 4, judged: unsure')
})

test('a value is blocked and allowed again by keyboard', async () => {
  const { user, client } = openApp('#/identity')
  await openTab(user, 'Shared values')
  await user.type(await screen.findByRole('textbox', { name: 'Value that identifies nobody' }), 'team@acme.com{Enter}')
  const allow = await screen.findByRole('button', { name: 'Allow team@acme.com again' })
  expect((await client['identity.values']({})).blocked).toEqual([{ kind: 'email', value: 'team@acme.com' }])
  allow.focus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Allow team@acme.com again' })).toBeNull())
  expect((await client['identity.values']({})).blocked).toEqual([])
})

test('a value that is refused is still there to be mended', async () => {
  const { user } = openApp('#/identity')
  await openTab(user, 'Shared values')
  const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Value that identifies nobody' })
  await user.type(field, 'not an address{Enter}')
  await screen.findByText(/cannot be blocked/)
  expect(field.value).toBe('not an address')
  await user.clear(field)
  await user.type(field, 'team@acme.com{Enter}')
  await screen.findByRole('button', { name: 'Allow team@acme.com again' })
  await waitFor(() => expect(field.value).toBe(''))
})

test('a word is added by keyboard, a shipped one taken away, and both go back', async () => {
  const { user } = openApp('#/identity')
  await openTab(user, 'Rules')
  await user.click(await screen.findByRole('radio', { name: 'Words' }))
  await user.type(await screen.findByRole('textbox', { name: 'New entry of placeholders' }), 'n.v.t.{Enter}')
  const list = await screen.findByRole('list', { name: 'Placeholders' })
  const back = await within(list).findByRole('button', { name: 'As shipped: n.v.t.' })
  await waitFor(() =>
    expect(screen.getByRole('textbox', { name: 'New entry of placeholders' })).toHaveProperty('value', ''),
  )
  await user.click(within(list).getByRole('button', { name: 'Take away: none' }))
  await within(list).findByText('taken away here')
  await user.click(back)
  await waitFor(() => expect(within(list).queryByText('n.v.t.')).toBeNull())
  await user.click(within(list).getByRole('button', { name: 'As shipped: none' }))
  await waitFor(() => expect(within(list).queryByText('taken away here')).toBeNull())
})
