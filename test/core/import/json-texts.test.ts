import { expect, test } from 'vitest'
import { bytesOf } from './read-file.ts'
import { readAll } from './read-plans.ts'

const events = [1, 2, 3].map(i => ({
  uuid: `0190-${i}`,
  event: 'report created',
  distinct_id: `u${i}`,
  person_id: `p${i}`,
  timestamp: '2026-03-01T00:00:00Z',
  created_at: '2026-03-01T00:00:01Z',
  properties: { $group_0: `w${i}`, $session_id: 's', $ip: '192.0.2.1' },
  person_properties: { email: `u${i}@acme.example`, name: 'Ada' },
  elements_chain: '',
}))
const written = events.map(event => ({
  ...event,
  properties: JSON.stringify(event.properties),
  person_properties: JSON.stringify(event.person_properties),
}))
const lines = (records: readonly object[]): string => records.map(record => `${JSON.stringify(record)}\n`).join('')
const cell = (text: unknown): string => `"${String(text).replaceAll('"', '""')}"`
const csv = `${Object.keys(written[0] ?? {}).join(',')}\n${written.map(each => `${Object.values(each).map(cell).join(',')}\n`).join('')}`

test('objects that a warehouse wrote as texts are read as the objects themselves, in JSON Lines, documents and CSV', () => {
  const read = (file: string, text: string) =>
    readAll(file, bytesOf(text)).map(({ plan, records, held }) => ({ table: plan.table, records, held }))
  const objects = read('events.jsonl', lines(events))
  expect(objects).toMatchObject([
    { table: 'events', records: [1, 2, 3].map(i => ({ workspace: `w${i}`, session: 's', ip: '192.0.2.1' })), held: 0 },
    { table: 'users', records: [1, 2, 3].map(i => ({ primary_email: `u${i}@acme.example` })), held: 0 },
  ])
  expect(read('events.jsonl', lines(written))).toEqual(objects)
  expect(read('events.json', JSON.stringify(written))).toEqual(objects)
  expect(read('events.csv', csv)).toEqual(objects)
})
