import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { forgetProject } from '../../../renderer/src/state/session.ts'
import { openApp } from '../support/render-app.tsx'

afterEach(() => forgetProject())

const card = async (name: string): Promise<void> => {
  const shown = await screen.findByRole('region', { name: 'Candidate' })
  await waitFor(() => expect(within(shown).getByRole('table', { name: /side by side/ }).textContent).toContain(name))
}

test('any two records can be asked about', async () => {
  const { user } = openApp('#/identity')
  await user.click(await screen.findByRole('tab', { name: 'Why not' }))
  await user.type(screen.getByRole('combobox', { name: 'One user' }), 'A. Sil')
  await screen.findByText('u_1', { selector: 'code' })
  await user.keyboard('{ArrowDown}{Enter}')
  expect(screen.getByRole('combobox', { name: 'One user' })).toHaveProperty('value', 'u_1')
  await user.type(screen.getByRole('combobox', { name: 'The other user' }), 'ana2@{Enter}')
  await screen.findByRole('heading', { name: 'They are not one' })
  expect(screen.getByRole('list', { name: 'The chain' }).textContent).toBe(
    'Ana Silvaenough evidence: +9.25 bitsA. Silvanearest: +3.5 bits, +7 are neededBruno Petrov',
  )
  expect(screen.getByRole('combobox', { name: 'The other user' })).toHaveProperty('value', 'u_2')
})

test('the two that were asked about are answered where they stand, by key, and it can be taken back', async () => {
  const { user, client } = openApp('#/identity')
  const decided = vi.spyOn(client, 'review.decide')
  const undone = vi.spyOn(client, 'review.undo')
  await card('Ana Silva')
  await user.click(screen.getByRole('tab', { name: 'Why not' }))
  await user.click(await screen.findByRole('button', { name: 'Compare the two that Review shows' }))
  await screen.findByRole('button', { name: /^Same person/ })
  expect(decided).not.toHaveBeenCalled()
  await user.keyboard('x')
  await screen.findByText(/^Kept apart: u_\d+ and u_\d+\.$/)
  expect(decided.mock.calls[0]?.[0].answers).toMatchObject([{ pair: { question: 'persons' }, answer: 'different' }])
  await user.click(await screen.findByRole('button', { name: /^Take it back/ }))
  await waitFor(() => expect(undone).toHaveBeenCalledTimes(1))
})

test('an answer about another pair is not said beside the two that are compared; what Z takes back is, as of another', async () => {
  const { user } = openApp('#/identity')
  await card('Ana Silva')
  await user.keyboard('s')
  await screen.findByText(/^Put off: Ana Silva/, { selector: '.answer-bar__last' })
  await user.click(screen.getByRole('tab', { name: 'Why not' }))
  await user.click(await screen.findByRole('button', { name: 'Compare the two that Review shows' }))
  const answers = (await screen.findByRole('button', { name: /^Same person/ })).parentElement as HTMLElement
  expect(within(answers).queryByText(/Put off/)).toBeNull()
  expect(within(answers).queryByRole('button', { name: /^Take it back/ })).toBeNull()
  await user.keyboard('z')
  await within(answers).findByText(/^About another pair: /)
})

test('what Review shows can be asked about at once, and the answer has the focus', async () => {
  const { user } = openApp('#/identity')
  await card('Ana Silva')
  await user.click(screen.getByRole('tab', { name: 'Why not' }))
  await user.click(await screen.findByRole('button', { name: 'Compare the two that Review shows' }))
  await screen.findByRole('heading', { name: 'They are not one' })
  expect(screen.getByRole('combobox', { name: 'One user' })).not.toHaveProperty('value', '')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Answer')
})
