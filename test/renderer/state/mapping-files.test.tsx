import { expect, test } from 'vitest'
import type { Client } from '#contract/contract'
import type { FileMapping } from '#schema/mapping'
import { useImports } from '../../../renderer/src/state/imports.ts'
import { entryOf, seat, useBoard } from '../../../renderer/src/state/mapping-board.ts'
import { mappingsText, takeMappings } from '../../../renderer/src/state/mapping-files.ts'
import { fakePlan, fieldFrom, type Plan } from '../support/fake-board.ts'

const column = { column: null, match: 'custom' as const, type: 'text', samples: [] }
const plan = fakePlan({ file: 'staff.csv', table: null, reason: 'x', columns: [{ ...column, header: 'key' }] })
const mapping: FileMapping = {
  source: 'Staff',
  headers: [],
  tables: [{ table: 'users', fields: [fieldFrom('user_id', 'key')] }],
}

/** An engine that knows one mapping, which fits or does not. */
function clientFor(doesFit: boolean): Pick<Client, 'import.readMappings' | 'import.inspect'> {
  const fitted: Plan = { ...plan, table: 'users', tables: ['users'], mapping, origin: 'Staff' }
  const recognition = { by: 'mapping' as const, score: 1, matched: [], missing: [], doubts: [], runnerUp: null }
  return {
    'import.readMappings': async () => ({ mappings: [mapping] }),
    'import.inspect': async () => ({ files: [doesFit ? { ...fitted, recognition } : plan] }),
  }
}

test('mappings of a file are taken for the files they fit, and written as they stand', async () => {
  useImports.setState({ phase: 'planned', plan: [plan] })
  seat([plan])
  expect(mappingsText()).toBeNull()
  await expect(takeMappings(clientFor(false), '{}')).rejects.toMatchObject({ code: 'usage/bad-mapping' })
  expect(entryOf(useBoard.getState(), plan).edited).toBeNull()
  expect(await takeMappings(clientFor(true), '{}')).toBe(1)
  expect(entryOf(useBoard.getState(), plan)).toMatchObject({ edited: mapping, reading: { status: 'waiting' } })
  expect(JSON.parse(mappingsText() ?? '')).toEqual({ version: 1, mappings: [mapping] })
  useImports.setState({ phase: 'idle', plan: [] })
})
