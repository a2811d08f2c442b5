import { expect, test } from 'vitest'
import { startProject } from '../support/engine.ts'
import { csv } from '../support/exports.ts'
import { answer, startRoom } from './small-room.ts'

test('a record without a name is called by its address or domain, with its id beside it, else by its id', async () => {
  const engine = await startProject()
  const users = [
    { user_id: '8f3a0c52-9d1e-4b7a', primary_email: 'jane@gmail.com', name: null },
    { user_id: '8f3a0c52-0000-0000', primary_email: null, name: null },
    { user_id: '8f3a0c52-1111-1111', primary_email: 'ann@gmail.com', name: 'Ann Lee' },
  ]
  const workspaces = [{ workspace_id: 'w1', workspace_name: null, workspace_primary_domain: 'acme.com' }]
  const sources = [engine.write('users.csv', csv(users)), engine.write('workspaces.csv', csv(workspaces))]
  await engine.client['import.run']({ sources })
  const found = async (object: 'user' | 'workspace', text: string) =>
    (await engine.client['identity.find']({ object, text })).found.map(({ title, subtitle }) => [title, subtitle])
  expect(await found('user', '8f3a0c52')).toEqual(
    expect.arrayContaining([
      ['jane@gmail.com', '8f3a0c52-9d1e-4b7a'],
      ['8f3a0c52-0000-0000', null],
      ['Ann Lee', 'ann@gmail.com'],
    ]),
  )
  expect(await found('workspace', 'w1')).toEqual([['acme.com', 'w1']])
  await engine.close()
})

test('two of one name and address are told apart by their ids; a chain over one other record says so', async () => {
  const engine = await startRoom()
  const apart = await engine.client['identity.why']({ question: 'persons', a: 'c1', b: 'c2' })
  expect(apart.sentence).toContain('Ann Lee (ann@hot.example, c1) and Ann Lee (ann@hot.example, c2) have')
  expect(apart.path[0]?.names).toEqual(['Ann Lee (ann@hot.example, c1)', 'Ann Lee (ann@hot.example, c2)'])
  await answer(engine, 'b1', 'b2')
  await answer(engine, 'b2', 'b3')
  await engine.client['identity.overview']({})
  const chain = await engine.client['identity.why']({ question: 'persons', a: 'b1', b: 'b3' })
  expect(chain.sentence).toMatch(/are one person by way of one other record\.$/)
  await engine.close()
})

test('a third record that is a candidate of both stands once among the others', async () => {
  const engine = await startRoom()
  const { rivals } = await engine.client['review.card']({ pair: { question: 'workspaces', a: 'w1', b: 'w2' } })
  expect(rivals.map(({ side }) => side.key)).toEqual(['w3'])
  await engine.close()
})
