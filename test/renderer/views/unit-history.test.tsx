import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

test('the score of each day is drawn and can be read; the causes since a day add up to the difference', async () => {
  const { user } = openApp('#/scores/ws_0002')
  await user.click(await screen.findByRole('tab', { name: 'History' }))
  const mark = await screen.findByRole('slider', { name: 'Compare with this day' })
  const table = await screen.findByRole('table', { name: 'Causes of the change' })
  expect(screen.getByRole('list', { name: 'The change by cause' }).textContent).toMatch(
    /^Faded [−+].+New events \+2\.0$/,
  )
  await waitFor(() => expect(table.textContent).toContain('Together'))
  expect(table.textContent).toContain('New events')
  expect(table.textContent).toContain('Faded')
  const points = within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => Number(row.lastElementChild?.textContent?.replace('−', '-')))
  const together = points.at(-1)
  expect(points.slice(0, -1).reduce((sum, value) => sum + value, 0)).toBeCloseTo(together ?? Number.NaN, 6)
  const before = mark.getAttribute('aria-valuenow')
  fireEvent.keyDown(mark, { key: 'ArrowLeft' })
  await waitFor(() => expect(mark.getAttribute('aria-valuenow')).toBe(String(Number(before) - 1)))
  await user.click(screen.getByRole('radio', { name: '30 d' }))
  await waitFor(() => expect(mark.getAttribute('aria-valuenow')).toBe(String(Number(before) - 23)))
  expect(screen.getByRole('table', { name: 'Score and events per day' }).querySelectorAll('tbody tr')).toHaveLength(90)
})

test('what would make it a PQL, what was cut off, and what is not known are said', async () => {
  openApp('#/scores/ws_0002')
  const steps = await screen.findByRole('region', { name: 'What would make it a PQL' })
  expect(steps.textContent).toContain('5 points are missing to 65')
  expect(steps.textContent).toContain('Usage limit hit')
  expect(steps.textContent).toContain('68.4')
  expect((await screen.findByRole('region', { name: 'Points cut off' })).textContent).toContain('bucket limit')
  expect((await screen.findByRole('region', { name: 'What is not known' })).textContent).toContain(
    'between 52.4 and 71.3',
  )
})
