import { expect, test } from 'vitest'
import { startRoom } from './small-room.ts'

test('a value that identifies nobody joins nobody, in any spelling, until it is allowed again or that is taken back', async () => {
  const { client } = await startRoom()
  const joined = async (): Promise<number> => (await client['identity.overview']({})).mergedUsers
  const before = await joined()
  expect(await client['identity.values']({})).toEqual({ blocked: [] })
  const value = { kind: 'email', value: 'J.ane@googlemail.com' } as const
  const blocked = [{ kind: 'email', value: 'jane@gmail.com' }]
  expect(await client['identity.setValue']({ ...value, isBlocked: true })).toMatchObject({ blocked })
  expect(await client['identity.setValue']({ ...value, isBlocked: true })).toEqual({ decisionNo: null, blocked })
  expect(await joined()).toBe(before - 2)
  await client['identity.setValue']({ ...value, isBlocked: false })
  expect(await joined()).toBe(before)
  await client['review.undo']({})
  expect(await client['identity.values']({})).toEqual({ blocked })
})

test.each([
  {
    why: 'text that is no address',
    value: 'not an address',
    says: /"not an address" cannot be blocked: .* one address/,
  },
  { why: 'two addresses', value: 'Bob@acme.com, ann@acme.com', says: /one address at a time/ },
  { why: 'a placeholder', value: 'n/a', says: /placeholder/ },
  { why: 'an address that is a placeholder', value: 'test@test.com', says: /placeholder/ },
])('$why is not blocked, and nothing is kept', async ({ value, says }) => {
  const { client } = await startRoom()
  const wish = client['identity.setValue']({ kind: 'email', value, isBlocked: true })
  await expect(wish).rejects.toMatchObject({ code: 'usage/bad-argument', message: expect.stringMatching(says) })
  expect(await client['identity.values']({})).toEqual({ blocked: [] })
  const back = await client['identity.setValue']({ kind: 'email', value, isBlocked: false })
  expect(back).toEqual({ decisionNo: null, blocked: [] })
})

test('a device of any spelling can be blocked', async () => {
  const { client } = await startRoom()
  const value = { kind: 'device_id', value: 'not an address' } as const
  expect(await client['identity.setValue']({ ...value, isBlocked: true })).toMatchObject({ blocked: [value] })
})
