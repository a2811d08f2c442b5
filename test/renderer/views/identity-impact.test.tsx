import { expect, test } from 'vitest'
import { shownSides } from '../../../renderer/src/views/Identity/shown-sides.ts'

const unit = (no: number, score: number) => ({
  unitId: `w${no}`,
  unitName: `Workspace ${no}`,
  score,
  stage: 'Warm' as const,
  destination: 'nurture' as const,
  owner: null,
  workspaces: 1,
})
const sides = (count: number, moved: (no: number) => number) => ({
  sentence: '',
  before: Array.from({ length: count }, (_, no) => unit(no, 50)),
  after: Array.from({ length: count }, (_, no) => unit(no, 50 + moved(no))),
})

test.each([
  { why: 'few: all of them, in their order', impact: sides(20, no => no), shown: 20, first: 'w0', left: null },
  {
    why: 'many: those that change, the largest change first',
    impact: sides(30, no => (no % 10 === 0 ? -no : 0)),
    shown: 2,
    first: 'w20',
    left: 'Not shown: 28 workspaces that stay as they are.',
  },
  {
    why: 'more changes than are shown',
    impact: sides(50, no => no),
    shown: 40,
    first: 'w49',
    left: 'Not shown: 9 further workspaces that change less, 1 workspace that stays as it is.',
  },
  {
    why: 'nothing changes',
    impact: sides(50, () => 0),
    shown: 0,
    first: undefined,
    left: 'Not shown: 50 workspaces that stay as they are.',
  },
])('$why', ({ impact, shown, first, left }) => {
  const { before, after, left: said } = shownSides(impact)
  expect([before.length, before[0]?.unitId, said]).toEqual([shown, first, left])
  expect(after.map(({ unitId }) => unitId)).toEqual(before.map(({ unitId }) => unitId))
})
