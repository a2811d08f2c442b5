import { expect, test } from 'vitest'
import { discardPlan, dropFromPlan, useImports } from '../../../renderer/src/state/imports.ts'
import { fakePlans } from '../support/fake-imports.ts'

const [plan] = fakePlans

test('an archive is released with the last of its files, and those taken out before are left out', async () => {
  const { entry: _entry, ...base } = plan!
  const released: string[] = []
  const shell = { releaseFiles: async (tokens: readonly string[]) => void released.push(...tokens) }
  const file = { ...base, source: 'single' }
  const inside = ['a.csv', 'b.csv'].map(entry => ({ ...base, source: 'archive', entry }))
  useImports.setState({ phase: 'planned', plan: [file, ...inside], leftOut: [] })
  await dropFromPlan(shell, inside[0]!)
  expect(useImports.getState()).toMatchObject({
    plan: [{ source: 'single' }, { entry: 'b.csv' }],
    leftOut: [{ source: 'archive', entry: 'a.csv' }],
  })
  expect(released).toEqual([])
  await dropFromPlan(shell, inside[1]!)
  expect(useImports.getState()).toMatchObject({ plan: [{ source: 'single' }], leftOut: [], phase: 'planned' })
  expect(released).toEqual(['archive'])
  await discardPlan(shell)
  expect(released).toEqual(['archive', 'single'])
})
