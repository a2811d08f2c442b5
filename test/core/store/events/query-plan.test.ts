import { expect, test } from 'vitest'
import { DELETE_SEGMENTS } from '../../../../core/store/events/delete-events.ts'
import { PUBLISHED_PAGES } from '../../../../core/store/events/dictionary-pages.ts'
import { COPIED_IDS } from '../../../../core/store/events/event-copies.ts'
import { PRESENT_KEYS } from '../../../../core/store/events/event-keys.ts'
import { PUBLISHED_SEGMENTS, SEGMENT_PART } from '../../../../core/store/events/segments.ts'
import { emptyProject } from './project.ts'

const planOf = (sql: string): readonly string[] => {
  const db = emptyProject()
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(sql.match(/\?/g) ?? []).map(() => 1))
  db.close()
  return rows.map(row => (row as { detail: string }).detail)
}

test.each([
  {
    why: 'a part of a segment is found by its key',
    sql: SEGMENT_PART,
    plan: ['SEARCH event_part USING INDEX sqlite_autoindex_event_part_1 (segment_id=? AND part=?)'],
  },
  {
    why: 'segments are read in the order of the log, unsorted',
    sql: PUBLISHED_SEGMENTS,
    plan: ['SCAN i', 'SEARCH s USING INDEX sqlite_autoindex_event_segment_1 (import_id=?)'],
  },
  {
    why: 'keys are read segment by segment, unsorted',
    sql: PRESENT_KEYS,
    plan: [
      'SCAN i',
      'SEARCH s USING INDEX sqlite_autoindex_event_segment_1 (import_id=?)',
      'SEARCH p USING INDEX sqlite_autoindex_event_part_1 (segment_id=? AND part=?)',
    ],
  },
  {
    why: 'the pages of a kind are read in their order, unsorted',
    sql: PUBLISHED_PAGES,
    plan: [
      'SEARCH event_dictionary USING INDEX sqlite_autoindex_event_dictionary_1 (kind=?)',
      'SCALAR SUBQUERY 1',
      'SEARCH import',
    ],
  },
  {
    why: 'copied ids are read in the order they came, unsorted',
    sql: COPIED_IDS,
    plan: ['SCAN c', 'SEARCH i USING INTEGER PRIMARY KEY (rowid=?)'],
  },
  {
    why: 'the segments of an import are found by it, and their parts by them',
    sql: DELETE_SEGMENTS,
    plan: [
      'SEARCH event_segment USING COVERING INDEX sqlite_autoindex_event_segment_1 (import_id=?)',
      'SEARCH event_part USING COVERING INDEX sqlite_autoindex_event_part_1 (segment_id=?)',
    ],
  },
])('$why', ({ sql, plan }) => {
  expect(planOf(sql)).toEqual(plan)
})
