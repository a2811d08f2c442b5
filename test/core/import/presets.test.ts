import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { heldAdvice, mappingOfPlans, parseMappings, planTables } from '#import'
import { TABLES } from '#schema/tables'
import { SOURCES } from '../../../core/import/presets/sources.ts'
import { byReference } from './events/by-reference.ts'
import { CASES } from './preset-cases.ts'
import { readFile } from './read-file.ts'
import { readAll, readBy } from './read-plans.ts'

const FOLDER = new URL('../../../fixtures/imports/', import.meta.url)
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, FOLDER)))

describe('exports of known sources', () => {
  test.each(CASES)('$file is $origin', ({ file, origin, options, want, skipped, notes }) => {
    const found = readAll(file, fixture(file), options)
    expect(found.map(({ plan }) => [plan.source, plan.table])).toEqual(Object.keys(want).map(table => [origin, table]))
    expect(found.map(({ records }) => records)).toMatchObject(Object.values(want))
    expect(found.map(({ held }) => held)).toEqual(found.map(() => 0))
    if (skipped !== undefined) expect(found.map(each => each.skipped)).toEqual(skipped)
    if (notes !== undefined) expect(found[0]?.notes).toEqual(notes)
    for (const { plan } of found) expect(plan.recognition).toMatchObject({ by: 'preset', missing: [] })
  })

  test('every fixture that is no archive has its case, every source its folder', () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(name =>
      /\.(csv|tsv|jsonl?)$/.test(name),
    )
    expect(CASES.map(({ file }) => file).toSorted()).toEqual(files.map(name => name.replaceAll('\\', '/')).toSorted())
    expect(readdirSync(FOLDER).toSorted()).toEqual(SOURCES.map(({ name }) => name).toSorted())
  })

  test.each(CASES)('$file reads the same by the mapping that is written for it', ({ file, options }) => {
    const bytes = fixture(file)
    const first = readAll(file, bytes, options)
    const mapping = mappingOfPlans(
      first.map(({ plan }) => plan),
      'mine',
    )
    // What a file and the wire make of it: no member is lost.
    const { mappings } = parseMappings({ version: 1, mappings: [JSON.parse(JSON.stringify(mapping))] })
    const plans = planTables({
      file: 'another name.txt',
      head: bytes,
      size: bytes.length,
      isWhole: true,
      options: {},
      mappings: { offered: mappings },
    })
    const again = plans.map(plan => readBy(plan, bytes, {}))
    expect(again.map(({ records, skipped }) => ({ records, skipped }))).toEqual(
      first.map(({ records, skipped }) => ({ records, skipped })),
    )
  })
})

test('calls of Segment are known by the members of their context too, where no time of receipt is there', () => {
  const calls = [
    { type: 'track', messageId: 'm0', userId: 'u0', event: 'Login', context: { groupId: 'w1' } },
    { type: 'identify', messageId: 'm1', userId: 'u1', traits: { email: 'a@x.example' } },
    { type: 'group', messageId: 'm2', userId: 'u2', groupId: 'w2', traits: { name: 'Two' } },
  ].map(call => JSON.stringify({ ...call, timestamp: '2026-05-31T12:00:00Z' }))
  const found = readAll('calls.jsonl', new TextEncoder().encode(`${calls.join('\n')}\n`))
  expect(found.map(({ plan }) => [plan.source, plan.table])).toEqual(
    ['events', 'users', 'workspaces', 'memberships'].map(table => ['Segment calls', table]),
  )
  expect(found.map(({ held }) => held)).toEqual([0, 0, 0, 0])
})

test('an anonymous device of Mixpanel is told as what it is', () => {
  const message = (value: string): string =>
    heldAdvice({ code: 'value/missing', line: 2, column: 'user_id', value, table: 'users', detail: '' })
  expect(message('$device:0')).toContain('"$device:0" is an anonymous device and no user')
  expect(message('')).toContain('the cell is empty, and every row of users needs one')
})

test('presets name columns that exist, and what every table of them needs', () => {
  for (const { shapes } of SOURCES) {
    for (const { title, tables } of shapes) {
      for (const { table, fields, needs = [], whenFilled } of tables) {
        const columns = Object.keys(TABLES[table].columns)
        for (const name of [...Object.keys(fields), ...needs, ...(whenFilled === undefined ? [] : [whenFilled])])
          expect(columns, `${title}, ${table}`).toContain(name)
        const required = Object.entries(TABLES[table].columns).filter(([, column]) => 'required' in column)
        expect(Object.keys(fields), title).toEqual(expect.arrayContaining(required.map(([name]) => name)))
      }
    }
  }
})

test.each([
  { why: 'from bytes', chunk: 1 << 20 },
  { why: 'by the reference', amend: byReference },
])('an anonymous device is no user in any file of events: $why', how => {
  const rows = ['$device:18a-22', 'u_1', '$device:18a-23', '$dollar'].map(id => `login,2026-01-01T00:00:00Z,${id}`)
  const read = readFile('events.csv', `event_name,timestamp,user_id\n${rows.join('\n')}\n`, how)
  const users = read.batches.flatMap(({ codes, dictionaries, count }) =>
    Array.from({ length: count }, (_, i) => (codes.user[i] ? dictionaries.user.text(codes.user[i] as number) : null)),
  )
  expect(users).toEqual([null, 'u_1', null, '$dollar'])
})
