import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openEventCodes, openEventKeys, openEventLog } from '../../../../core/store/events/index.ts'
import { anyRecord, emptyProject, load } from './project.ts'

test('the same events as the log has, in its order, without their properties', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 40 }), fc.array(anyRecord, { maxLength: 10 }), (first, second) => {
      const db = emptyProject()
      const keys = openEventKeys(db)
      for (const records of [first, second]) load(db, keys, records)
      const log = openEventLog(db)
      const codes = openEventCodes(db)
      const bare = [...log.chunks()].map(({ properties: _, ...chunk }) => chunk)
      expect([...codes.chunks()].map(({ properties: _, ...chunk }) => chunk)).toEqual(bare)
      for (const { properties, count } of codes.chunks())
        expect([properties.offsets.length, properties.bytes.length]).toEqual([count + 1, 0])
      const { names, users, workspaces, count, copies } = log
      expect(codes).toMatchObject({ names, users, workspaces, count, copies })
      db.close()
    }),
    { numRuns: 25 },
  )
})
