import { expect, test } from 'vitest'
import { startRoom } from './small-room.ts'

test('an entry of a project shows first, joins nobody any more, and is taken back like an answer', async () => {
  const { client } = await startRoom()
  const joined = async (): Promise<number> => (await client['identity.overview']({})).mergedUsers
  const before = await joined()
  const list = 'role_inbox'
  const shipped = await client['identity.words']({ list, limit: 1 })
  const set = await client['identity.setWord']({ list, entry: 'J.ane@gmail.com', isIn: true })
  expect(set).toMatchObject({ entry: 'jane', decisionNo: expect.any(Number) })
  expect(await client['identity.setWord']({ list, entry: 'jane', isIn: true })).toEqual({
    entry: 'jane',
    decisionNo: null,
  })
  const page = await client['identity.words']({ list, limit: 1 })
  expect(page.entries).toEqual([{ entry: 'jane', state: 'added' }])
  expect(page.matching).toBe(shipped.matching + 1)
  expect(page.lists.find(own => own.list === list)).toMatchObject({ added: 1, removed: 0 })
  expect(await joined()).toBeLessThan(before)
  const { entries } = await client['review.history']({})
  expect(entries[0]?.sentence).toBe('"jane" is one of the shared mailboxes')
  await client['review.undo']({})
  expect(await joined()).toBe(before)
  expect((await client['identity.words']({ list, search: 'jane' })).matching).toBe(0)
})

test('a shipped entry is taken away, and is as shipped again without a trace in the list', async () => {
  const { client } = await startRoom()
  const list = 'placeholder'
  await client['identity.setWord']({ list, entry: 'n/a', isIn: false })
  expect((await client['identity.words']({ list, limit: 1 })).entries).toEqual([{ entry: 'n/a', state: 'removed' }])
  await client['identity.setWord']({ list, entry: 'N/A', isIn: null })
  const page = await client['identity.words']({ list, search: 'n/a' })
  expect(page.entries).toContainEqual({ entry: 'n/a', state: 'shipped' })
  expect(page.lists.every(({ added, removed }) => added + removed === 0)).toBe(true)
})

test('what can be no entry is refused with what would be one', async () => {
  const { client } = await startRoom()
  const wish = client['identity.setWord']({ list: 'nickname', entry: 'robert', isIn: true })
  await expect(wish).rejects.toMatchObject({ code: 'usage/bad-argument', message: expect.stringMatching(/robert:bob/) })
})

test.each(['-', '--', '0'])(
  '"%s" can be neither added nor removed: it stands for nothing whatever the list says',
  async entry => {
    const { client } = await startRoom()
    for (const isIn of [true, false])
      await expect(client['identity.setWord']({ list: 'placeholder', entry, isIn })).rejects.toMatchObject({
        code: 'usage/bad-argument',
        message: expect.stringContaining('neither added nor removed'),
      })
  },
)

test('why two users are not one names the entry that decided', async () => {
  const { client } = await startRoom()
  await client['identity.setWord']({ list: 'role_inbox', entry: 'jane', isIn: true })
  const { words } = await client['identity.why']({ question: 'persons', a: 'a1', b: 'a3' })
  expect(words.join(' ')).toMatch(/counts for nothing: "jane" is one of the shared mailboxes of this project/)
})
