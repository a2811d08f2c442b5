import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startProject, type TestEngine } from './support/engine.ts'

const KINDS = ['login', 'invite sent', 'project created', 'billing viewed']
const EVENTS = Array.from(
  { length: 40 },
  (_, i) => `e${i},${KINDS[i % 4]},2026-05-${10 + (i % 20)}T10:00:00Z,w1,u1`,
).join('\n')

/** A workspace with one person, whose address alone says that a contact who opted out is the same person. */
async function imported(address: string): Promise<TestEngine> {
  const engine = await startProject()
  const files = {
    users: `user_id,primary_email,name,workspace_id,created_at\nu1,${address},Jane,w1,2026-01-01T00:00:00Z`,
    workspaces: 'workspace_id,workspace_name,created_at,account_id,owner_user_id\nw1,Acme,2026-01-01T00:00:00Z,A,u1',
    accounts: 'account_id,name,primary_domain\nA,Acme,acme.com',
    contacts: `contact_id,email,name,account_id,owner,opted_out,crm_id\nc1,${address},Jane,A,o1,true,501`,
    events: `event_id,event_name,timestamp,workspace_id,user_id\n${EVENTS}`,
  }
  await engine.client['import.run']({
    sources: Object.entries(files).map(([name, text]) => engine.write(`${name}.csv`, `${text}\n`)),
  })
  return engine
}

/** What leaves the project: records of people, files of lists, payloads and the reasons that stop a unit. */
async function leaving(engine: TestEngine, folder: string) {
  const { client } = engine
  const dry = await client['export.dryRun']({ preset: 'generic' })
  const people = dry.objects.filter(({ title }) => title === 'People').map(({ create, update }) => create + update)
  const { folder: written, files } = await client['export.run']({ target: engine.path(folder) })
  const lists = files
    .filter(({ name }) => name.startsWith('routing/'))
    .map(({ name }) => [name, readFileSync(join(written, name), 'utf8')])
  const payloads = (await client['handoff.preview']({ unitIds: ['w1'], templates: [] })).rows
  const { suppressions } = await client['routing.explain']({ unitId: 'w1' })
  const preview = (await client['export.preview']({})).channels.map(({ channel, sample }) => [channel, sample])
  return { people, lists, payloads, preview, stops: suppressions.filter(({ holds }) => holds).map(one => one.reason) }
}

test.each([
  {
    why: 'a word that the shipped lists set aside identifies here',
    address: 'team@acme.com',
    entry: 'team',
    isIn: false,
  },
  {
    why: 'a word that identifies by the shipped lists is set aside here',
    address: 'jane@acme.com',
    entry: 'jane',
    isIn: true,
  },
])('an old run leaves alone whom a new one leaves alone: $why', async ({ address, entry, isIn }) => {
  const engine = await imported(address)
  const { client } = engine
  await client['identity.setWord']({ list: 'role_inbox', entry, isIn })
  await client['score.run']({})
  const fresh = await leaving(engine, 'fresh')
  expect(JSON.stringify([fresh.lists, fresh.payloads]).includes(address)).toBe(isIn)
  await client['identity.setWord']({ list: 'placeholder', entry: 'zzz', isIn: true })
  expect((await client['project.summary']({})).scoreRun?.staleBecause).not.toEqual([])
  expect(await leaving(engine, 'stale')).toEqual(fresh)
})

test('somebody who opts out after the scores were made leaves the lists of that run', async () => {
  const engine = await imported('jane@acme.com')
  const { client } = engine
  await client['identity.setWord']({ list: 'role_inbox', entry: 'jane', isIn: true })
  await client['score.run']({})
  expect(JSON.stringify((await leaving(engine, 'before')).lists)).toContain('jane@acme.com')
  await client['identity.setWord']({ list: 'role_inbox', entry: 'jane', isIn: false })
  expect(JSON.stringify((await leaving(engine, 'after')).lists)).not.toContain('jane@acme.com')
})
