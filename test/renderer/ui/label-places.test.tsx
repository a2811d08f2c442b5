import { expect, test } from 'vitest'
import { labelPlaces } from '../../../renderer/src/ui/label-places.ts'

const AREA = { width: 600, height: 400, letter: 6 }
const LABEL = 'jane.roe@acme.com'

test.each([
  { why: 'alone: on the right', points: [{ x: 100, y: 100 }], want: ['start'] },
  { why: 'at the right edge: on the left', points: [{ x: 580, y: 100 }], want: ['end'] },
  {
    why: 'a point on the right and no room on the left: below',
    points: [
      { x: 60, y: 100 },
      { x: 130, y: 102 },
    ],
    want: ['middle', 'start'],
  },
  {
    why: 'two that are near: the first gives way to the left, so that neither lies on the other',
    points: [
      { x: 300, y: 100 },
      { x: 380, y: 102 },
    ],
    want: ['end', 'start'],
  },
])('$why', ({ points, want }) => {
  const places = labelPlaces(
    points,
    points.map(() => LABEL),
    AREA,
  )
  expect(places.map(({ anchor }) => anchor)).toEqual(want)
})

test('labels of many points in a row lie on none of each other', () => {
  const points = Array.from({ length: 6 }, (_, i) => ({ x: 250 + (i % 2) * 90, y: 60 + 20 * i }))
  const places = labelPlaces(
    points,
    points.map(() => LABEL),
    AREA,
  )
  const boxes = places.map(({ x, y, anchor }) => {
    const length = LABEL.length * AREA.letter
    const left = anchor === 'start' ? x : anchor === 'end' ? x - length : x - length / 2
    return { left, right: left + length, y }
  })
  for (const [i, one] of boxes.entries())
    for (const two of boxes.slice(i + 1))
      expect(one.left < two.right && two.left < one.right && Math.abs(one.y - two.y) < 14).toBe(false)
})
