import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startProject } from './support/engine.ts'
import { importSmall } from './support/exports.ts'

test.each([
  { why: 'numbers of another tool are no Record IDs, and match by address', header: 'Id,Emails', known: 0, told: 1 },
  { why: 'a Record ID is one', header: 'Record ID,Email', known: 1, told: 0 },
])('contacts of a file: $why', async ({ header, known, told }) => {
  const engine = await startProject()
  await importSmall(engine)
  const file = engine.write('late/contacts.csv', `${header},Sales owner\n70000000,ada@hot.example,Ivo\n`)
  const [id = '', email = ''] = header.split(',')
  const fields = [
    { field: 'contact_id', from: [id] },
    { field: 'email', from: [email] },
  ]
  const mappings = [{ source: file, mapping: { source: 'Contacts', tables: [{ table: 'contacts' as const, fields }] } }]
  await engine.client['import.run']({ sources: [file], mappings })
  await engine.client['score.run']({})
  await engine.client['export.deliver']({ target: engine.path('crm'), preset: 'hubspot' })
  const tried = await engine.client['export.dryRun']({ preset: 'hubspot' })
  const updates = engine.path('crm/hubspot_contacts_known.csv')
  const text = existsSync(updates) ? readFileSync(updates, 'utf8') : ''
  expect(text.split('\r\n').filter(line => line.startsWith('70000000,'))).toHaveLength(known)
  expect(tried.findings.filter(({ text }) => text.includes('nothing says that 70000000'))).toHaveLength(told)
})
