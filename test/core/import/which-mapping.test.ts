import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseMappings, planTables, signatureOf } from '#import'
import type { FilePlan } from '#schema/import'
import type { FileMapping, TableMapping } from '#schema/mapping'
import type { TableName } from '#schema/tables'
import { ID, usersMapping as users } from './mappings.ts'
import { bytesOf } from './read-file.ts'

describe('which mapping', () => {
  const planWith = (
    mappings: Parameters<typeof planTables>[0]['mappings'],
    text = 'key,mail\n1,a@b.c\n',
    file = 'x.csv',
  ): FilePlan => {
    const head = bytesOf(text)
    const [plan] = planTables({ file, head, size: head.length, isWhole: true, options: {}, mappings })
    if (plan === undefined) throw new Error('a plan')
    return plan
  }
  const named = (source: string, rest: object = {}): FileMapping => ({ ...users([ID]), source, ...rest })

  test.each([
    {
      why: 'the first offered that fits',
      mappings: {
        offered: [{ ...users([{ field: 'user_id', from: ['none'] }]), source: 'a' }, named('b'), named('c')],
      },
      want: 'b',
    },
    {
      why: 'one assigned goes before those offered',
      mappings: { assigned: named('a'), offered: [named('b')] },
      want: 'a',
    },
    {
      why: 'one offered goes before one remembered',
      mappings: { offered: [named('b')], remembered: [named('c', { headers: ['key', 'mail'] })] },
      want: 'b',
    },
    {
      why: 'one remembered for the same headers in any order',
      mappings: { remembered: [named('c', { headers: ['MAIL', 'Key'] })] },
      want: 'c',
    },
    {
      why: 'none remembered for other headers',
      mappings: { remembered: [named('c', { headers: ['key'] })] },
      want: undefined,
    },
    {
      why: 'only for files of its name',
      mappings: { offered: [named('a', { file: 'billing*.csv' }), named('b', { file: '*.CSV' })] },
      want: 'b',
    },
  ])('$why', ({ mappings, want }) => {
    expect(planWith(mappings).source).toBe(want)
  })

  test('one assigned that does not fit says why', () => {
    const plan = planWith({ assigned: users([{ field: 'user_id', from: ['none', 'neither'] }]) })
    expect(plan).toMatchObject({
      table: null,
      reason:
        'The mapping "mine" does not fit: user_id of users comes from "none" or "neither", which the file does not have',
    })
  })

  test('in JSON, one remembered is used for records that have what it needs', () => {
    const remembered = [named('c', { headers: ['key', 'mail'] })]
    expect(planWith({ remembered }, '{"key":"1","other":2}\n', 'x.jsonl').source).toBe('c')
  })

  test('files of equal headers have equal signatures, and others not', () => {
    expect(signatureOf(['User ID', 'Name'])).toBe(signatureOf(['name', 'user_id', 'NAME']))
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 }), headers => {
        expect(signatureOf(headers)).toBe(signatureOf(headers.toReversed()))
        expect(signatureOf([...headers, 'one more than before'])).not.toBe(signatureOf(headers))
      }),
    )
  })
})

describe('what is no mapping', () => {
  const table = (fields: unknown[], name: TableName = 'users'): Omit<TableMapping, never> =>
    ({ table: name, fields }) as TableMapping
  test.each<{ why: string; json: unknown; says: RegExp }>([
    { why: 'nothing', json: null, says: /the mapping/ },
    { why: 'another version', json: { version: 2, mappings: [] }, says: /version/ },
    {
      why: 'an unknown table',
      json: { version: 1, mappings: [{ source: 'a', tables: [{ table: 'people', fields: [ID] }] }] },
      says: /mappings\.0\.tables\.0\.table/,
    },
    {
      why: 'a member that is not known',
      json: { version: 1, mappings: [{ source: 'a', tabels: [], tables: [table([ID])] }] },
      says: /mappings\.0/,
    },
    {
      why: 'a field that the table does not have',
      json: { version: 1, mappings: [{ source: 'a', tables: [table([ID, { field: 'shoe_size', from: ['x'] }])] }] },
      says: /users has no field shoe_size/,
    },
    {
      why: 'a field twice',
      json: { version: 1, mappings: [{ source: 'a', tables: [table([ID, ID])] }] },
      says: /user_id of users is mapped twice/,
    },
    {
      why: 'no required field',
      json: { version: 1, mappings: [{ source: 'a', tables: [table([{ field: 'name', from: ['n'] }])] }] },
      says: /users needs user_id/,
    },
    {
      why: 'a field from nothing',
      json: { version: 1, mappings: [{ source: 'a', tables: [table([ID, { field: 'name' }])] }] },
      says: /name of users comes from nothing/,
    },
    {
      why: 'a pattern that is none',
      json: {
        version: 1,
        mappings: [{ source: 'a', tables: [table([ID, { field: 'created_at', from: ['x'], dateFormat: 'soon' }])] }],
      },
      says: /no pattern/,
    },
  ])('$why', ({ json, says }) => {
    expect(() => parseMappings(json)).toThrow(says)
    expect(() => parseMappings(json)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^usage\//) }))
  })
})
