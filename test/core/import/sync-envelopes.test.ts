import { expect, test } from 'vitest'
import { planFile } from '#import'
import { bytesOf } from './read-file.ts'

const USER = { user_id: 'u1', email: 'a@x.example' }
const linesOf = (...records: readonly unknown[]): string =>
  records.map(record => `${JSON.stringify(record)}\n`).join('')
const change = { before: null, after: USER, source: { connector: 'postgresql', table: 'users' }, op: 'c', ts_ms: 1 }

test.each([
  {
    file: 'users.csv',
    text: `_airbyte_ab_id,_airbyte_emitted_at,_airbyte_data\n1f,1,"${JSON.stringify(USER).replaceAll('"', '""')}"\n`,
    is: /^Raw table of Airbyte .*inside _airbyte_data.*_airbyte_data\.email/,
  },
  {
    file: 'users.jsonl',
    text: linesOf({ _airbyte_raw_id: '1f', _airbyte_extracted_at: 1, _airbyte_data: USER }),
    is: /^Raw table of Airbyte/,
  },
  {
    file: 'out.jsonl',
    text: linesOf({ type: 'RECORD', record: { stream: 'users', data: USER, emitted_at: 1 } }),
    is: /^Messages of Airbyte .*record\.data/,
  },
  {
    file: 'out.jsonl',
    text: linesOf(
      { type: 'SCHEMA', stream: 'users', schema: { properties: {} }, key_properties: ['id'] },
      { type: 'RECORD', stream: 'users', record: USER },
      { type: 'STATE', value: {} },
    ),
    is: /^Messages of Singer .*target/,
  },
  { file: 'users.jsonl', text: linesOf(change, change), is: /^Change events of Debezium .* after\.email/ },
  {
    file: 'users.jsonl',
    text: linesOf({ schema: { type: 'struct' }, payload: change }),
    is: /^Change events of Debezium .*payload\.after\.email/,
  },
])('$file with what a pipeline puts around records feeds no table, and says what it is: $is', ({ file, text, is }) => {
  const head = bytesOf(text)
  const plan = planFile({ file, head, size: head.length, isWhole: true, options: {} })
  expect(plan.table).toBeNull()
  expect(plan.reason).toMatch(is)
})

test('columns that a pipeline adds to a table are no envelope', () => {
  const head = bytesOf('user_id,email,_airbyte_raw_id,_airbyte_extracted_at\nu1,a@x.example,1f,1\n')
  expect(planFile({ file: 'users.csv', head, size: head.length, isWhole: true, options: {} }).table).toBe('users')
})
