import { expect, test } from 'vitest'
import { plainValue, withoutTypes } from '../../../../core/import/json/extended-json.ts'
import { jsonText } from '../../../../core/import/json/json-text.ts'
import { readFile } from '../read-file.ts'

test.each([
  { written: '{"$oid":"65f1"}', means: '"65f1"' },
  { written: '{"$uuid":"0b9e"}', means: '"0b9e"' },
  { written: '{"$numberInt":"-5"}', means: '-5' },
  { written: '{"$numberLong":"9007199254740993"}', means: '9007199254740993' },
  { written: '{"$numberDouble":"1.0"}', means: '1.0' },
  { written: '{"$numberDouble":"Infinity"}', means: '"Infinity"' },
  { written: '{"$numberDecimal":"1E+3"}', means: '1E+3' },
  { written: '{"$date":"2026-01-01T00:00:00Z"}', means: '"2026-01-01T00:00:00Z"' },
  { written: '{"$date":1767225600000}', means: '1767225600000' },
  { written: '{"$date":{"$numberLong":"1767225600000"}}', means: '"2026-01-01T00:00:00.000Z"' },
  { written: '{"$date":{"$numberLong":"-1"}}', means: '"1969-12-31T23:59:59.999Z"' },
  {
    written: '{"$binary":{"base64":"AAECAwQFBgcICQoLDA0ODw==","subType":"04"}}',
    means: '"00010203-0405-0607-0809-0a0b0c0d0e0f"',
  },
])('$written is $means', ({ written, means }) => {
  expect(jsonText(plainValue(JSON.parse(written)))).toBe(means)
})

test.each([
  { written: '{"S":"u1"}', means: '"u1"' },
  { written: '{"N":"9007199254740993"}', means: '9007199254740993' },
  { written: '{"BOOL":false}', means: 'false' },
  { written: '{"NULL":true}', means: 'null' },
])('in a record of DynamoDB $written is $means, elsewhere itself', ({ written, means }) => {
  expect(jsonText(withoutTypes({ v: JSON.parse(written) })['v'])).toBe(means)
  expect(jsonText(withoutTypes({ Item: { v: JSON.parse(written) } })['Item'])).toBe(`{"v":${means}}`)
  expect(jsonText(plainValue(JSON.parse(written)))).toBe(written)
  const mixed = { v: JSON.parse(written), plain: 1 }
  expect(withoutTypes(mixed)).toBe(mixed)
})

test('letters of DynamoDB are names where a record has any other value', () => {
  const lines = [
    '{"id":"u1","email":"a@x.io","size":{"S":"4","M":"2"}}',
    '{"id":"u2","email":"b@x.io","size":{"S":"3"}}',
  ]
  const { plan, rows } = readFile('users.jsonl', `${lines.join('\n')}\n`)
  expect(plan.columns.map(({ header }) => header)).toEqual(['id', 'email', 'size.S', 'size.M'])
  expect(rows).toHaveLength(2)
  const typed = '{"id":{"S":"u1"},"email":{"S":"a@x.io"},"seats":{"N":"3"},"tags":{"SS":["a"]}}\n'
  expect(readFile('users.jsonl', typed).plan.columns.map(({ header }) => header)).toEqual([
    'id',
    'email',
    'seats',
    'tags.SS',
  ])
})

test.each([
  '{"$binary":{"base64":"AAECAwQFBgcICQoLDA0ODw==","subType":"03"}}',
  '{"$binary":{"base64":"AAEC","subType":"04"}}',
  '{"$oid":"65f1","a":1}',
  '{"$numberLong":5}',
  '{"$regex":"a"}',
  '{"S":5}',
  '{"N":"many"}',
  '{"NULL":false}',
  '{"L":[]}',
  '{}',
  '["$oid"]',
  '{"constructor":"a"}',
  '{"toString":"a"}',
])('%s stays as it is', written => {
  expect(jsonText(plainValue(JSON.parse(written)))).toBe(written)
})

const RECORDS = [
  '{"_id":{"$oid":"65f1"},"email":"a@x.io","created_at":{"$date":{"$numberLong":"1777629600000"}},"seats":{"$numberLong":"9007199254740993"},"team":{"id":{"$oid":"7"}}}',
  '{"_id":"u2","email":"b@x.io","created_at":null,"seats":5}',
  '{"_id":{"$oid":"65f3"},"email":"c@x.io","created_at":{"$date":"2026-05-01T10:00:00Z"},"seats":{"$numberInt":"5"}}',
]
test.each([
  { why: 'JSON Lines', text: RECORDS.join('\n') },
  { why: 'a list', text: `[${RECORDS.join(',\n')}]` },
])('canonical, relaxed and plain values of one column are one column: $why', ({ text }) => {
  const { plan, rows } = readFile('users.json', text)
  expect(plan.columns.map(({ header, column }) => [header, column])).toEqual([
    ['_id', 'user_id'],
    ['email', 'primary_email'],
    ['created_at', 'created_at'],
    ['seats', null],
    ['team.id', null],
  ])
  const time = '2026-05-01T10:00:00.000Z'
  expect(rows.map(({ values }) => values.filter(value => value !== null))).toEqual([
    ['65f1', 'a@x.io', time],
    ['u2', 'b@x.io'],
    ['65f3', 'c@x.io', time],
  ])
  expect(rows.map(({ custom }) => custom)).toEqual([
    '{"seats":9007199254740993,"team.id":"7"}',
    '{"seats":5}',
    '{"seats":5}',
  ])
})
