import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

test('lists are previewed, written, and shown with size, hash and a link', async () => {
  const { user } = openApp('#/export')
  const lists = await screen.findByRole('region', { name: 'Lists' })
  await user.click(within(lists).getByRole('button', { name: /Nurture/ }))
  await screen.findByRole('heading', { name: /Nurture/ })
  await user.click(screen.getByRole('button', { name: 'Write files' }))
  const table = await screen.findByRole('table', { name: 'Written files' })
  expect(within(table).getByRole('link', { name: 'routing/sdr.csv' }).getAttribute('href')).toBe(
    '/file/export/routing/sdr.csv',
  )
  await waitFor(() => expect(screen.getAllByText('14 files written')).toHaveLength(2))
})

test('what is left out of lists is listed with its reason', async () => {
  openApp('#/export')
  const left = await screen.findByRole('region', { name: 'Left out of lists' })
  expect(left.textContent).toContain('Open deal4')
})

test('without scores there is nothing to write, and a way to change that', async () => {
  const { user } = openApp('#/export', { isScored: false })
  await screen.findByRole('heading', { name: 'Export' })
  await user.click(await screen.findByRole('button', { name: 'Score workspaces' }))
  await screen.findByRole('region', { name: 'Lists' })
})
