import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { AppError } from '#lib/errors'
import { openApp } from '../support/render-app.tsx'

test('a job that failed is marked until another one ends well, with its reason as a sentence', async () => {
  const { user, client } = openApp('#/scores', { isScored: false })
  const run = vi.spyOn(client, 'score.run').mockRejectedValueOnce(new AppError('store/disk', 'the disk refused', {}))
  const score = await screen.findByRole('button', { name: 'Score workspaces' })
  await user.click(score)
  const tray = await screen.findByRole('button', { name: 'Jobs, the last one failed' })
  await user.click(tray)
  // The notice says it as well.
  await screen.findByText('The disk refused.', { selector: '.job-line__detail' })
  await user.keyboard('{Escape}')
  run.mockRestore()
  await user.click(await screen.findByRole('button', { name: 'Score workspaces' }))
  await waitFor(() => expect(screen.getByRole('button', { name: 'Jobs' })).toBeDefined())
})
