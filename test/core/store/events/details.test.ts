import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarOf } from '#lib/time'
import { type EventCursor, type EventDetail, openEventKeys, openEventLog } from '../../../../core/store/events/index.ts'
import { anyRecord, emptyProject, LOGIN, load } from './project.ts'

const zones = fc.constantFrom('UTC', 'America/New_York', 'Pacific/Kiritimati').map(calendarOf)

describe('the events of some workspaces', () => {
  test('come page by page, newest first, each once', () => {
    const files = fc.array(fc.array(anyRecord, { maxLength: 30 }), { minLength: 1, maxLength: 3 })
    const asked = fc.subarray(['w-1', 'w-2', 'w-3', 'w-unknown', ''])
    fc.assert(
      fc.property(files, asked, fc.integer({ min: 1, max: 7 }), zones, (imports, workspaces, limit, calendar) => {
        const db = emptyProject()
        const keys = openEventKeys(db)
        for (const records of imports) load(db, keys, records)
        const log = openEventLog(db, calendar)
        const all = log.rows(Array.from({ length: log.count }, (_, position) => position))
        const expected = all
          .filter(({ workspace }) => workspace !== '' && workspaces.includes(workspace))
          .toSorted((a, b) => b.timestamp - a.timestamp || b.position - a.position)
        const pages: EventDetail[][] = []
        let after: EventCursor | null = null
        do {
          const page = log.page({ workspaces, limit, after })
          pages.push([...page.rows])
          after = page.next
        } while (after !== null)
        expect(pages.flat()).toEqual(expected)
        for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit)
        db.close()
      }),
      { numRuns: 60 },
    )
  })

  test('a day without a time begins with that day in the zone of who asks', () => {
    const db = emptyProject()
    const day = { ...LOGIN, eventId: 'day', timestamp: Date.UTC(2026, 4, 1), isDate: true }
    const instant = { ...LOGIN, eventId: 'instant', timestamp: Date.UTC(2026, 4, 1, 2) }
    load(db, openEventKeys(db), [day, instant])
    const startIn = (timeZone: string) => {
      const log = openEventLog(db, calendarOf(timeZone))
      const found = log.page({ workspaces: ['w-1'], limit: 9, after: null }).rows
      const times = new Map(found.map(({ eventId, timestamp }) => [eventId, new Date(timestamp).toISOString()]))
      expect(new Set(log.times(['w-1'], { from: 0, to: Infinity }))).toEqual(new Set(found.map(row => row.timestamp)))
      expect([...log.chunks()].flatMap(({ timestamp }) => [...timestamp]).sort()).toEqual(
        found.map(row => row.timestamp).sort(),
      )
      return [found[0]?.eventId, times.get('day'), times.get('instant')]
    }
    expect(startIn('UTC')).toEqual(['instant', '2026-05-01T00:00:00.000Z', '2026-05-01T02:00:00.000Z'])
    expect(startIn('America/New_York')).toEqual(['day', '2026-05-01T04:00:00.000Z', '2026-05-01T02:00:00.000Z'])
    db.close()
  })

  test('a position beyond the log is a mistake of the caller', () => {
    const db = emptyProject()
    load(db, openEventKeys(db), [LOGIN])
    const log = openEventLog(db)
    for (const position of [-1, 1]) expect(() => log.rows([position])).toThrow('broken invariant')
    db.close()
  })
})
