import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { PartsBar } from '../../../renderer/src/ui/PartsBar.tsx'

const part = (id: string, value: number) => ({ id, label: id, value, color: `var(--${id})` })
const struck = (values: readonly number[]) => {
  const parts = values.map((value, i) => part(`p${i}`, value))
  const { container, unmount } = render(<PartsBar parts={parts} max={100} width={100} label="parts" />)
  const rect = container.querySelector('.parts-bar__cost rect')
  const found = rect === null ? null : [Number(rect.getAttribute('x')), Number(rect.getAttribute('width'))]
  unmount()
  return found
}

test.each([
  { why: 'nothing is taken', values: [30, 20], want: null },
  { why: 'the end of the bar is struck', values: [30, 20, -15], want: [35, 15] },
  { why: 'no more than there is', values: [10, -20], want: [0, 10] },
  { why: 'nothing is left to strike', values: [0, -20], want: null },
])('$why', ({ values, want }) => {
  expect(struck(values)).toEqual(want)
})
