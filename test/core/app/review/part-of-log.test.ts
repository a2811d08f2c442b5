import fc from 'fast-check'
import { expect, test } from 'vitest'
import { activePlaces } from '../../../../core/app/review/impact-data.ts'
import { type PartOfLog, partOfLog, projectLosers } from '../../../../core/app/review/part-of-log.ts'
import { seenEventsAt } from '../../../../core/app/stitched-events.ts'
import { finish } from '../../../../core/lib/steps.ts'
import { calendarOf } from '../../../../core/lib/time.ts'
import type { EventLog } from '../../../../core/schema/event.ts'
import { openEventLog } from '../../../../core/store/index.ts'
import { startProject, withFile } from '../support/engine.ts'
import { csv, type EventRecord, event } from '../support/exports.ts'

const START = Date.UTC(2026, 3, 1)
const AS_OF = START + 70_000
const WORKSPACES = ['', 'w1', 'w2', 'w3']
const USERS = ['', 'u1', 'u2', 'u3']

function rowsOf(log: EventLog): string[] {
  const text = new TextDecoder()
  let base = 0
  return [...log.chunks()].flatMap(chunk => {
    expect(chunk.base).toBe(base)
    base += chunk.count
    const { offsets, bytes } = chunk.properties
    return Array.from(chunk.timestamp, (at, i) =>
      [
        at,
        log.names[chunk.name[i] ?? -1],
        log.workspaces[chunk.workspace[i] ?? -1],
        log.users[chunk.user[i] ?? -1],
        text.decode(bytes.subarray(offsets[i], offsets[i + 1])),
      ].join(' '),
    )
  })
}

test('a part of a log has the events of its workspaces alone, held in memory or read again', async () => {
  const engine = await startProject()
  const kept = (one: EventRecord): boolean => Date.parse(one.timestamp) <= AS_OF
  const events = Array.from({ length: 90 }, (_, i) => ({
    ...event(i, `name ${i % 3}`, [WORKSPACES[i % 4] ?? '', USERS[(i * 7) % 5] ?? 'u4'], START + i * 1000),
    // The second of two of one id gives way: 40 is of w1 (kept elsewhere or here), 41 of w2.
    ...(i === 45 ? { event_id: 'e40' } : {}),
    event_properties: JSON.stringify({ i, name: 'ü'.repeat(i % 5) }),
  }))
  await engine.client['import.run']({ sources: [engine.write('events.csv', csv(events))] })
  await engine.close()
  withFile(engine, ({ db }) => {
    const log = seenEventsAt(db, openEventLog(db, calendarOf('UTC')), { timeZone: 'UTC', asOf: AS_OF })
    const losing = projectLosers(db, log, AS_OF)
    expect(losing.positions).toHaveLength(1)
    fc.assert(
      fc.property(fc.subarray(WORKSPACES.slice(1)), fc.subarray(USERS.slice(1)), (own, placed) => {
        const workspaceIds = new Set(own)
        const placedUsers = new Set(placed)
        const wanted: PartOfLog = { workspaceIds, placedUsers, asOf: AS_OF, losing, most: 1000, mostHeld: 1000 }
        const expected = events
          .filter((one, i) => i !== 45 && kept(one))
          .filter(one => (one.workspace_id === '' ? placedUsers.has(one.user_id) : workspaceIds.has(one.workspace_id)))
          .map(
            one =>
              `${Date.parse(one.timestamp)} ${one.event_name} ${one.workspace_id} ${one.user_id} ${one.event_properties}`,
          )
        const held = finish(partOfLog(log, wanted))
        const read = finish(partOfLog(log, { ...wanted, mostHeld: 0 }))
        if (held === null || read === null) throw new Error('there are fewer events than that')
        expect(rowsOf(held).sort()).toEqual(expected.toSorted())
        expect(rowsOf(read)).toEqual(rowsOf(held))
        expect(rowsOf(read)).toEqual(rowsOf(held))
        expect([held.count, held.users.length]).toEqual([expected.length, new Set(['', ...held.users]).size])
        if (expected.length > 0) expect(finish(partOfLog(log, { ...wanted, most: expected.length - 1 }))).toBeNull()
      }),
      { numRuns: 40 },
    )
  })
})

test('workspaces of somebody are those where one of their users was active', () => {
  const activity = new Map([
    ['w1', ['u1', 'u2']],
    ['w2', ['u2']],
    ['w3', []],
  ])
  const of = (...ids: string[]): readonly string[] => activePlaces(activity, new Set(ids))
  expect([of('u1'), of('u2'), of('u1', 'u2'), of('u3'), of()]).toEqual([['w1'], ['w1', 'w2'], ['w1', 'w2'], [], []])
})
