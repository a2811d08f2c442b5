import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EventCursor, type EventDetail, openEventKeys, openEventLog } from '../../../../core/store/events/index.ts'
import { anyRecord, emptyProject, LOGIN, load } from './project.ts'

describe('the events of some workspaces', () => {
  test('come page by page, newest first, each once', () => {
    const files = fc.array(fc.array(anyRecord, { maxLength: 30 }), { minLength: 1, maxLength: 3 })
    const asked = fc.subarray(['w-1', 'w-2', 'w-3', 'w-unknown', ''])
    fc.assert(
      fc.property(files, asked, fc.integer({ min: 1, max: 7 }), (imports, workspaces, limit) => {
        const db = emptyProject()
        const keys = openEventKeys(db)
        for (const records of imports) load(db, keys, records)
        const log = openEventLog(db)
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

  test('a position beyond the log is a mistake of the caller', () => {
    const db = emptyProject()
    load(db, openEventKeys(db), [LOGIN])
    const log = openEventLog(db)
    for (const position of [-1, 1]) expect(() => log.rows([position])).toThrow('broken invariant')
    db.close()
  })
})
