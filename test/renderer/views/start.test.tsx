import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useNavigation } from '../../../renderer/src/state/navigation.ts'
import { useProject } from '../../../renderer/src/state/project.ts'
import { openApp } from '../support/render-app.tsx'

test('one click from nothing to the scores of the sample', async () => {
  const { user, client } = openApp('', { isOpen: false, isImported: false, isScored: false })
  await user.click(await screen.findByRole('button', { name: 'Open the sample' }))
  await screen.findByRole('grid', { name: 'Workspaces by score' })
  expect(client.calls.filter(name => /create|inspect|stage|publish|run/.test(name))).toEqual([
    'project.create',
    'import.inspect',
    'import.stage',
    'import.publish',
    'score.run',
  ])
})

test('whoever leaves while the sample is scored is not called back', async () => {
  const { user, client } = openApp('', { isOpen: false, isImported: false, isScored: false })
  const run = client['score.run']
  const gate = Promise.withResolvers<void>()
  const scored = vi.spyOn(client, 'score.run').mockImplementation(async (...asked) => {
    await gate.promise
    return await run(...asked)
  })
  await user.click(await screen.findByRole('button', { name: 'Open the sample' }))
  await waitFor(() => expect(scored).toHaveBeenCalled())
  await user.click(screen.getByRole('link', { name: 'Model' }))
  gate.resolve()
  await screen.findByRole('navigation', { name: 'Pipeline' })
  await waitFor(() => expect(useProject.getState().summary?.scoreRun).not.toBeNull())
  expect(useNavigation.getState().screen).toBe('model')
})

test('projects from before are at hand', async () => {
  const { user, client } = openApp('', { isOpen: false })
  await user.click(await screen.findByRole('button', { name: /Q2 pipeline review/ }))
  await screen.findByRole('heading', { name: 'Sample' })
  expect(client.calls).toContain('project.open')
})

test('an empty project says what to do next', async () => {
  openApp('#/home', { isImported: false, isScored: false })
  const next = await screen.findByRole('region', { name: 'Next step' })
  expect(next.textContent).toContain('This project is empty')
})

test('files that wait on the board come before anything else to do', async () => {
  const { user } = openApp('#/import', { isImported: false, isScored: false })
  await screen.findByRole('button', { name: 'Choose files' })
  const dataTransfer = { types: ['Files'], files: [new File(['user_id\nu1\n'], 'users.csv')], items: [] }
  fireEvent.drop(window, { dataTransfer })
  await screen.findByRole('treegrid', { name: 'Files and columns' })
  await user.click(screen.getByRole('link', { name: 'Project' }))
  const next = await screen.findByRole('region', { name: 'Next step' })
  expect(next.textContent).toContain('4 files wait on Import; nothing of them is loaded yet.')
  await user.click(within(next).getByRole('button', { name: 'Go to Import' }))
  await screen.findByRole('treegrid', { name: 'Files and columns' })
})

test('an engine that does not answer is said to be so, and asked again', async () => {
  const { user } = openApp('', { isDead: true })
  await screen.findByText('The engine does not answer')
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await screen.findByRole('navigation', { name: 'Screens' })
})

test('g and the key of a room go there', async () => {
  const { user } = openApp('#/home')
  await screen.findByRole('navigation', { name: 'Screens' })
  await user.keyboard('gs')
  await waitFor(() => expect(window.location.hash).toBe('#/scores'))
})
