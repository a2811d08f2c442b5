import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { startProject, type TestEngine } from './support/engine.ts'
import { csv, importSmall } from './support/exports.ts'

let engine: TestEngine

beforeEach(async () => {
  engine = await startProject()
  await importSmall(engine)
  // Ada's second record, what the CRM says of her, and a twin that says nothing.
  const users = [
    { user_id: 'u1', primary_email: 'ada@hot.example', name: 'Ada', job_title: null, last_active_at: '2026-05-01' },
    {
      user_id: 'u9',
      primary_email: 'ada@hot.example',
      name: 'Ada Byron',
      job_title: 'n/a',
      last_active_at: '2026-05-20',
    },
  ]
  const contacts = [
    { contact_id: 'c1', user_id: 'u1', email: 'countess@hot.example', name: 'Ada Lovelace', job_title: 'CTO' },
  ]
  await engine.client['import.run']({
    sources: [engine.write('more-users.csv', csv(users)), engine.write('contacts.csv', csv(contacts))],
  })
  await engine.client['score.run']({})
})

/** All that the lists of teams say. */
async function lists(): Promise<string> {
  await engine.client['export.run']({ target: engine.path('out'), overwrite: true })
  const folder = join(engine.path('out'), 'routing')
  return readdirSync(folder)
    .map(name => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}

/** What the preview shows of the lists. */
const shown = async (): Promise<string> => JSON.stringify((await engine.client['export.preview']({})).channels)

describe('what lists call a person of several records', () => {
  test('is the value that holds: the newest of the product, what it leaves open from the CRM', async () => {
    for (const text of [await lists(), await shown()]) {
      expect(text).toContain('Ada Byron <ada@hot.example>, CTO')
      expect(text).not.toContain('Ada Lovelace')
    }
  })

  test('follows a pin, and the records again when it is given up', async () => {
    await engine.client['identity.pin']({ id: 'u1', field: 'name', value: 'Ada' })
    for (const text of [await lists(), await shown()]) expect(text).toContain('Ada <ada@hot.example>, CTO')
    await engine.client['identity.pin']({ id: 'u1', field: 'name', value: null })
    for (const text of [await lists(), await shown()]) expect(text).toContain('Ada Byron <ada@hot.example>')
  })

  test('is what a contact with the same address says where nothing else does, however the address is written', async () => {
    const { client, write } = engine
    const users = [
      { user_id: 'u1', primary_email: 'ada@hot.example', name: null },
      { user_id: 'u9', primary_email: 'ada@hot.example', name: null },
    ]
    const contacts = [
      { contact_id: 'c1', user_id: null, email: 'Ada@Hot.example', name: 'Jürgen Schmidt', job_title: 'CTO' },
    ]
    await client['import.run']({ sources: [write('u.csv', csv(users)), write('c.csv', csv(contacts))] })
    await client['score.run']({})
    for (const text of [await lists(), await shown()]) expect(text).toContain('Jürgen Schmidt <ada@hot.example>, CTO')
  })

  test('follows the source that is believed first, until that is taken back', async () => {
    const { client } = engine
    expect(await client['identity.sources']({})).toEqual({ order: ['user', 'contact'] })
    const state = (await client['identity.overview']({})).state
    expect(await client['identity.setSources']({ order: ['contact'] })).toEqual({
      order: ['contact', 'user'],
      isNew: true,
    })
    expect(await client['identity.setSources']({ order: ['contact'] })).toMatchObject({ isNew: false })
    expect((await client['identity.overview']({})).state).toBe(state)
    const page = await client['identity.person']({ id: 'u9' })
    expect(page.fields.find(({ field }) => field === 'name')).toMatchObject({ value: 'Ada Lovelace', reason: 'source' })
    for (const text of [await lists(), await shown()])
      expect(text).toContain('Ada Lovelace <countess@hot.example>, CTO')
    expect((await client['review.history']({})).entries[0]?.sentence).toBe('Contacts of the CRM are believed first')
    await client['review.undo']({})
    expect(await client['identity.sources']({})).toEqual({ order: ['user', 'contact'] })
    expect(await lists()).toContain('Ada Byron <ada@hot.example>, CTO')
  })
})
