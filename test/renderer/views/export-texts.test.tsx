import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

async function openTexts(user: UserEvent): Promise<HTMLTextAreaElement> {
  await user.click(await screen.findByRole('tab', { name: 'Texts' }))
  return await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Text of SDR task' })
}
const preview = () => screen.findByRole('region', { name: 'Preview' })

test('a text is edited with its fields, reads at once for a workspace, and is kept', async () => {
  const { user, client } = openApp('#/export')
  const area = await openTexts(user)
  expect((await preview()).textContent).toContain('Account: Tarnbrook\nScore 91.2 for Tarnbrook Labs')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Shown for' }), 'ws_1')
  area.setSelectionRange(0, 8)
  await user.selectOptions(screen.getByRole('combobox', { name: 'Insert a field' }), 'score')
  await waitFor(async () => expect((await preview()).textContent).toContain('91.2 Tarnbrook\nScore 91.2 for Velmora'))
  expect(client.calls).not.toContain('handoff.save')
  await user.click(screen.getByRole('button', { name: 'Keep the texts' }))
  await screen.findByText('1 text kept')
  await user.click(await screen.findByRole('button', { name: 'Built-in text again' }))
  await waitFor(() => expect(area.value).toBe('Account: {account}\nScore {score}'))
})

test('what the data do not hold is told by line, leads to it, and cannot be kept', async () => {
  const { user } = openApp('#/export')
  const area = await openTexts(user)
  await user.type(area, '{Enter}Budget: {{budget}')
  const problem = await screen.findByRole('button', { name: 'Line 3 there is no field {budget}' })
  expect(screen.getByRole('button', { name: 'Keep the texts' }).hasAttribute('disabled')).toBe(true)
  await user.click(problem)
  expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('Budget: {budget}')
  const list = screen.getByRole('region', { name: 'Texts' })
  expect(within(list).getByRole('button', { name: /SDR task/ }).textContent).toContain('to correct')
  await user.click(screen.getByRole('button', { name: 'Discard' }))
  await waitFor(() => expect(area.value).toBe('Account: {account}\nScore {score}'))
})
