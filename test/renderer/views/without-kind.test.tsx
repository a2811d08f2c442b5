import { act, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useProject } from '../../../renderer/src/state/project.ts'
import { openApp } from '../support/render-app.tsx'

/** The scores of the open project, with a part of what is told of them replaced. */
function tell(change: Partial<NonNullable<NonNullable<ReturnType<typeof summary>>['scoreRun']>>): void {
  act(() =>
    useProject.setState(({ summary: known }) =>
      known?.scoreRun == null ? {} : { summary: { ...known, scoreRun: { ...known.scoreRun, ...change } } },
    ),
  )
}
const summary = () => useProject.getState().summary
const line = (): HTMLElement | null => screen.queryByText(/have no kind and earn no points/)

test('events without a kind are said with the scores, lead to Taxonomy, and are put away for one run', async () => {
  const { user } = openApp('#/scores')
  await screen.findByRole('grid', { name: 'Workspaces by score' })
  expect(line()).toBeNull()
  tell({ withoutKind: { events: 3795, of: 5192 } })
  expect(line()?.textContent).toMatch(/^3,795 of 5,192 events \(73\s%\) have no kind/)
  await user.click(screen.getByRole('button', { name: 'Put this line away until the next scores' }))
  expect(line()).toBeNull()
  tell({ runId: 99 })
  expect(line()).not.toBeNull()
  await user.click(screen.getByRole('button', { name: 'Map them in Taxonomy' }))
  await waitFor(() => expect(window.location.hash).toBe('#/taxonomy'))
})
