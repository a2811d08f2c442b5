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
