import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readRecord } from '../../../core/store/index.ts'
import { startProject, withFile } from './support/engine.ts'
import { csv } from './support/exports.ts'

const EVENTS = readFileSync(new URL('../../../fixtures/imports/posthog/events.jsonl', import.meta.url), 'utf8')
const NEW = 'ada@novak.example'

test.each([
  { name: 'a_users.csv', isFirst: true },
  { name: 'z_users.csv', isFirst: false },
])('what events say of a user gives way to a file of users in the same import: $name', async ({ name, isFirst }) => {
  const engine = await startProject()
  const users = engine.write(name, csv([{ user_id: 'u_101', email: NEW, name: 'Ada Novak', created_at: '2026-03-02' }]))
  const events = engine.write('posthog_events.jsonl', EVENTS)
  const { files } = await engine.client['import.run']({ sources: isFirst ? [users, events] : [events, users] })
  expect(files.map(({ file, table }) => `${file} ${table}`)).toEqual([
    'posthog_events.jsonl events',
    'posthog_events.jsonl users',
    `${name} users`,
  ])
  await engine.close()
  const fields = withFile(engine, ({ db }) => readRecord(db, 'users', ['u_101'])?.fields ?? [])
  expect(fields.find(field => field.name === 'primary_email')?.value).toBe(NEW)
})
