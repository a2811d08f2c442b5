import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

test('the palette finds a workspace by name and opens it', async () => {
  const { user } = openApp('#/home')
  await user.click(await screen.findByRole('button', { name: /^Search/ }))
  await user.type(await screen.findByRole('textbox', { name: 'Search workspaces and commands' }), 'slate studio')
  await user.click((await screen.findAllByRole('button', { name: /Slate Studio/ }))[0]!)
  await screen.findByRole('complementary', { name: 'Workspace' })
})

test('? shows the shortcuts', async () => {
  const { user } = openApp('#/home')
  await screen.findByRole('region', { name: 'Next step' })
  await user.keyboard('?')
  await screen.findByText('Keyboard shortcuts')
  expect(screen.getByText('Go to Scores')).toBeDefined()
})
