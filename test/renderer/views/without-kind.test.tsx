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
  await waitFor(() => expect(line()).not.toBeNull())
  await user.click(screen.getByRole('button', { name: 'Map them in Taxonomy' }))
  await waitFor(() => expect(window.location.hash).toBe('#/taxonomy'))
})

test('events that count nowhere are said with the scores, with how many look like loops, and lead to Data health', async () => {
  const { user } = openApp('#/scores')
  await screen.findByRole('grid', { name: 'Workspaces by score' })
  const aside = (): string | undefined => screen.queryByText(/are set aside and count nowhere/)?.textContent
  expect(aside()).toBeUndefined()
  tell({ eventsAside: { events: 309_003, of: 400_000, looped: 300_000 } })
  expect(aside()).toMatch(/^309,003 of 400,000 events \(77\s%\) are set aside .*: 300,000 look like loops\.$/)
  tell({ eventsAside: { events: 40, of: 100, looped: 0 } })
  expect(aside()).toMatch(/count nowhere\.$/)
  await user.click(screen.getByRole('button', { name: 'See Data health' }))
  await waitFor(() => expect(window.location.hash).toBe('#/health'))
})
