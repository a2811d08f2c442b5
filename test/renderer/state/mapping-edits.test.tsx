import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FileMapping } from '#schema/mapping'
import {
  assign,
  mappingForTable,
  meaningOf,
  missingFields,
  setAside,
  setConstant,
  setSettings,
  setValue,
  sourcePath,
} from '../../../renderer/src/state/mapping-edits.ts'
import { fieldFrom } from '../support/fake-board.ts'

const HEADERS = ['id', 'mail', 'joined', 'note', 'extra']
const start: FileMapping = {
  source: 'people.csv',
  headers: HEADERS,
  tables: [{ table: 'users', fields: [fieldFrom('user_id', 'id'), fieldFrom('primary_email', 'mail', 'note')] }],
}
const fieldsOf = (mapping: FileMapping): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries((mapping.tables[0]?.fields ?? []).map(({ field, from }) => [field, from.map(sourcePath)]))

describe('a header is given to a field', () => {
  test.each([
    {
      why: 'a free field takes it',
      after: assign(start, { tableNo: 0, field: 'created_at' }, 'joined', null),
      want: { user_id: ['id'], primary_email: ['mail', 'note'], created_at: ['joined'] },
    },
    {
      why: 'the field it filled alone is empty then',
      after: assign(start, { tableNo: 0, field: 'sso_subject' }, 'id', 'user_id'),
      want: { primary_email: ['mail', 'note'], sso_subject: ['id'] },
    },
    {
      why: 'a field with another source keeps that one',
      after: assign(start, { tableNo: 0, field: 'name' }, 'note', 'primary_email'),
      want: { user_id: ['id'], primary_email: ['mail'], name: ['note'] },
    },
    {
      why: 'what filled the field before gives way',
      after: assign(start, { tableNo: 0, field: 'primary_email' }, 'extra', null),
      want: { user_id: ['id'], primary_email: ['extra'] },
    },
    {
      why: 'kept as a custom field it fills nothing',
      after: setAside(start, 0, 'id', { before: 'user_id', isKept: true }),
      want: { primary_email: ['mail', 'note'] },
    },
    {
      why: 'a constant has no source',
      after: setConstant(start, { tableNo: 0, field: 'persona' }, 'buyer'),
      want: { user_id: ['id'], primary_email: ['mail', 'note'], persona: [] },
    },
  ])('$why', ({ after, want }) => {
    expect(fieldsOf(after)).toEqual(want)
  })
})

test('a header that is left out is dropped, and comes back when a field takes it', () => {
  const out = setAside(start, 0, 'extra', { before: null, isKept: false })
  expect(out.tables[0]?.drop).toEqual(['extra'])
  const back = assign(out, { tableNo: 0, field: 'name' }, 'extra', null)
  expect(back.tables[0]?.drop).toBeUndefined()
})

test('whatever is given to whatever, no field is filled twice and no header fills two fields that it did not before', () => {
  const step = fc.record({
    header: fc.constantFrom('id', 'mail', 'joined', 'extra'),
    field: fc.constantFrom('user_id', 'primary_email', 'name', 'created_at'),
    isAside: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), steps => {
      let mapping = start
      for (const { header, field, isAside } of steps) {
        const before = Object.entries(fieldsOf(mapping)).find(([, from]) => from.includes(header))?.[0] ?? null
        mapping = isAside
          ? setAside(mapping, 0, header, { before, isKept: true })
          : assign(mapping, { tableNo: 0, field }, header, before)
      }
      const fields = mapping.tables[0]?.fields ?? []
      const names = fields.map(({ field }) => field)
      const sources = fields.flatMap(({ from }) => from.map(sourcePath))
      expect(new Set(names).size).toBe(names.length)
      expect(new Set(sources).size).toBe(sources.length)
      expect(fields.every(({ from }) => from.length > 0)).toBe(true)
    }),
  )
})

test('a value stands for what was said, whatever its spelling, until it is taken back', () => {
  const place = { tableNo: 0, field: 'user_id' }
  const said = setValue(setValue(start, place, 'In Progress', 'open'), place, 'in-progress', 'won')
  const field = said.tables[0]?.fields[0] ?? null
  expect(field?.values).toEqual({ 'in-progress': 'won' })
  expect(meaningOf(field, 'IN_PROGRESS')).toBe('won')
  const back = setValue(said, place, 'In Progress', null)
  expect(back.tables[0]?.fields[0]).toEqual(start.tables[0]?.fields[0])
})

test('a setting that is taken back leaves nothing behind', () => {
  const place = { tableNo: 0, field: 'user_id' }
  const changed = setSettings(setSettings(start, place, { dateOrder: 'dmy' }), place, { dateOrder: undefined })
  expect(changed).toEqual(start)
})

test('a table chosen by hand takes what was found for it, and nothing where nothing was', () => {
  const column = { header: 'E-Mail', column: null, match: 'custom', type: 'text', samples: [] } as const
  const proposal = { table: 'users' as const, fields: [fieldFrom('primary_email', 'E-Mail')] }
  const plan = { file: 'people.csv', encoding: 'utf-8', columns: [{ ...column, samples: [] }], proposals: [proposal] }
  const mapping = mappingForTable('users', plan)
  expect(mapping).toEqual({ source: 'people.csv', headers: ['E-Mail'], tables: [proposal] })
  expect(missingFields(proposal)).toEqual(['user_id'])
  expect(mappingForTable('deals', plan).tables).toEqual([{ table: 'deals', fields: [] }])
})
