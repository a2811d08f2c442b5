import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answer, persons, startRoom } from './review/small-room.ts'
import type { TestEngine } from './support/engine.ts'
import { csv } from './support/exports.ts'

const user = (user_id: string, primary_email: string, name: string) => ({ user_id, primary_email, name })
const JANE = ['jane@gmail.com', 'Jane Roe'] as const

const importUsers = async ({ client, write }: TestEngine, name: string, rows: readonly ReturnType<typeof user>[]) =>
  await client['import.run']({ sources: [write(name, csv(rows))] })

/** Lines of a file of who is who, without its header. */
async function linesOf(engine: TestEngine, name: string): Promise<readonly string[]> {
  const { folder } = await engine.client['identity.export']({ target: engine.path('out'), overwrite: true })
  return readFileSync(join(folder, name), 'utf8').trim().split('\r\n').slice(1)
}
const personOf = async (engine: TestEngine, ...users: readonly string[]) => {
  const lines = new Map((await linesOf(engine, 'persons.csv')).map(line => line.split(',') as [string, string]))
  return users.map(id => lines.get(id))
}
const scored = async (engine: TestEngine) => await engine.client['score.run']({})

describe('ids of persons over runs', () => {
  test('a smaller record that joins later does not rename a person; without a run before it names it', async () => {
    const engine = await startRoom()
    expect(await personOf(engine, 'a1', 'a2')).toEqual(['a1', 'a1'])
    const { files } = await importUsers(engine, 'early.csv', [user('a0', ...JANE)])
    expect(await personOf(engine, 'a0', 'a1', 'a2')).toEqual(['a0', 'a0', 'a0'])
    await engine.client['import.undo']({ importId: files[0]?.importId ?? 0 })
    await scored(engine)
    await importUsers(engine, 'early.csv', [user('a0', ...JANE)])
    expect(await personOf(engine, 'a0', 'a1', 'a2')).toEqual(['a1', 'a1', 'a1'])
    await scored(engine)
    expect(await personOf(engine, 'a0', 'a1', 'a2')).toEqual(['a1', 'a1', 'a1'])
  })

  test('an id that ended leads to where its records are: why, and the list of former ids', async () => {
    const engine = await startRoom()
    const { client } = engine
    await scored(engine)
    await answer(engine, 'b2', 'b3')
    await scored(engine)
    expect(await personOf(engine, 'b1', 'b2', 'b3')).toEqual(['b1', 'b2', 'b2'])
    await answer(engine, 'b1', 'b2')
    expect(await linesOf(engine, 'former_ids.csv')).toEqual(['b1,b2,', expect.stringMatching(/^b3,b2,20\d\d-/)])
    await scored(engine)
    expect(await personOf(engine, 'b1', 'b2', 'b3')).toEqual(['b2', 'b2', 'b2'])
    expect(await linesOf(engine, 'former_ids.csv')).toEqual([
      expect.stringMatching(/^b1,b2,20\d\d-/),
      expect.stringMatching(/^b3,b2,20\d\d-/),
    ])
    await client['review.undo']({})
    await scored(engine)
    expect(await personOf(engine, 'b1', 'b2', 'b3')).toEqual(['b1', 'b2', 'b2'])
    expect(await linesOf(engine, 'former_ids.csv')).toEqual([expect.stringMatching(/^b3,b2,/)])
  })

  test('an id of no record is found by why: of a person, of a former one, and of one whose records are gone', async () => {
    const engine = await startRoom()
    const { client } = engine
    await importUsers(engine, 'extra.csv', [user('d1', 'di@di.com', 'Di Vane'), user('d2', 'di@di.com', 'Di Vane')])
    const { files } = await importUsers(engine, 'more.csv', [user('d3', 'solo@solo.com', 'Solo Onely')])
    await scored(engine)
    const ask = async (a: string) => await client['identity.why']({ question: 'persons', a, b: 'a1' })
    await client['import.undo']({ importId: files[0]?.importId ?? 0 })
    await expect(ask('d3')).rejects.toThrow('its users are not in the data')
    await expect(ask('nobody')).rejects.toThrow('none had it')
    await importUsers(engine, 'more.csv', [user('d3', 'solo@solo.com', 'Solo Onely')])
    expect((await ask('d3')).led).toEqual([])
    await client['review.decide']({ answers: [{ pair: persons('d1', 'd3'), answer: 'same' }] })
    await scored(engine)
    expect((await client['identity.why']({ question: 'persons', a: 'd1', b: 'd3' })).isOne).toBe(true)
  })

  test('an id whose own record is gone names the person on, and leads to it when it has ended', async () => {
    const engine = await startRoom()
    const { client } = engine
    await importUsers(engine, 'later.csv', [user('x2', 'xe@xe.com', 'Xe Lund')])
    const { files } = await importUsers(engine, 'early.csv', [user('x1', 'xe@xe.com', 'Xe Lund')])
    await scored(engine)
    await client['import.undo']({ importId: files[0]?.importId ?? 0 })
    expect(await personOf(engine, 'x2')).toEqual(['x1'])
    await scored(engine)
    const why = async () => await client['identity.why']({ question: 'persons', a: 'x1', b: 'a1' })
    expect((await why()).led).toEqual(['x1 is the person of Xe Lund (xe@xe.com).'])
    await answer(engine, 'x2', 'a1')
    await scored(engine)
    expect(await personOf(engine, 'x2', 'a1', 'a2')).toEqual(['a1', 'a1', 'a1'])
    expect(await why()).toMatchObject({
      isOne: true,
      led: ['x1 is no person of its own any more: its records are part of Jane Roe (jane@gmail.com).'],
    })
    const { users, led, formerIds } = await client['identity.person']({ id: 'x1' })
    expect(users.map(({ key }) => key)).toEqual(['a1', 'a2', 'x2'])
    expect(led).toContain('no person of its own any more')
    expect(formerIds.map(({ id }) => id)).toEqual(['x1'])
    expect((await client['identity.cluster']({ key: 'x1' })).nodes.map(({ key }) => key).sort()).toContain('x2')
  })

  test('merged workspaces keep the id they had, and a workspace of a merged one is found by its own', async () => {
    const engine = await startRoom()
    const { client } = engine
    const merge = async (a: string, b: string) =>
      await client['review.decide']({ answers: [{ pair: { question: 'workspaces', a, b }, answer: 'same' }] })
    const units = async () => {
      const { columns } = await client['score.order']({ sort: 'id', descending: false, filter: {} })
      const { rows } = await client['score.rows']({ unitNos: [...columns.order] })
      return rows.map(({ unitId }) => unitId)
    }
    await merge('w2', 'w3')
    await scored(engine)
    expect(await units()).toEqual(['w1', 'w2'])
    await merge('w1', 'w2')
    await scored(engine)
    expect(await units()).toEqual(['w2'])
    expect((await client['score.unit']({ unitId: 'w1' })).row.unitId).toBe('w2')
    await client['review.undo']({})
    await scored(engine)
    expect(await units()).toEqual(['w1', 'w2'])
  })
})
