import { expect, test } from 'vitest'
import { discardPlan, dropFromPlan, readList, useImports } from '../../../renderer/src/state/imports.ts'
import { entryOf, seat, useBoard } from '../../../renderer/src/state/mapping-board.ts'
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

test('a list that is chosen takes the place of what was read, and its mapping goes with the import', async () => {
  const lists = [{ path: 'users', records: 2, line: 2 }]
  const before = { ...plan!, source: 'dump', table: null, mapping: undefined, lists }
  const other = { ...plan!, source: 'other' }
  const mapping = { ...plan!.mapping!, recordsAt: 'users' }
  const found = { ...plan!, source: 'dump', recordsAt: 'users', lists, mapping }
  useImports.setState({ phase: 'planned', plan: [before, other], leftOut: [] })
  seat([before, other])
  const asked: unknown[] = []
  const client = {
    'import.inspect': async (input: unknown) => {
      asked.push(input)
      return { files: [found] }
    },
  }
  await readList(client, before, 'users')
  expect(asked).toEqual([{ sources: ['dump'], options: { recordsAt: 'users' } }])
  expect(useImports.getState().plan).toEqual([found, other])
  expect(entryOf(useBoard.getState(), found)).toMatchObject({ edited: mapping, reading: { status: 'waiting' } })
  useImports.setState({ phase: 'idle', plan: [], leftOut: [] })
  seat([])
})
