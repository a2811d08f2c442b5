import { expect, test } from 'vitest'
import { DEFAULT_MODEL, scoreUnits } from '#score'
import { kernelColumns, ScoreKernel } from '#simulate'
import type { EventRow } from '../features/world.ts'
import { aged, scoreOf } from '../score/scored.ts'

const KINDS = ['core_feature_used', 'automation_run', 'invite_sent', 'upgrade_click', 'workspace_downgraded'] as const

test('a full score goes block by block, which does not show: the kernel, all units at a time, says the same', () => {
  const workspaces = Array.from({ length: 2300 }, (_, i) => ({ workspace_id: `w${String(i).padStart(4, '0')}` }))
  const users = ['a', 'b', 'c'].map((user_id, i) => ({ user_id, ...(i === 0 ? { product_role: 'admin' } : {}) }))
  // Every unit has events of its own; about each third unit has more than one person.
  const events = workspaces.flatMap(({ workspace_id }, i): EventRow[] =>
    KINDS.flatMap((name, k) =>
      (i * (k + 3)) % 4 === 0
        ? []
        : [
            { name, at: aged((i * (k + 7)) % 101), workspace: workspace_id, user: 'c' },
            ...(i % 3 === 0
              ? [{ name, at: aged(i % 61), workspace: workspace_id, user: i % 2 === 0 ? 'a' : 'b' }]
              : []),
          ],
    ),
  )
  const { ground, units, scores } = scoreOf({ workspaces, users, events })
  const totals = scoreUnits(ground)
  const kernel = new ScoreKernel(kernelColumns(ground.index.cells, units), DEFAULT_MODEL, ground.today)
  expect(totals).toEqual(kernel.totals)
  expect([...totals.total]).toEqual(scores.map(score => score.total))
  expect(new Set(totals.total).size).toBeGreaterThan(500)
})
