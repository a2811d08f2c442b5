import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EventChunk } from '#schema/event'
import { openEventKeys, openEventLog } from '../../../../core/store/events/index.ts'
import { anyRecord, emptyProject, load } from './project.ts'

/** Every event of a chunk at its position, with all that judging reads of it. */
function eventsIn(chunks: Iterable<EventChunk>): readonly (readonly [number, string])[] {
  const text = new TextDecoder()
  return [...chunks].flatMap(({ base, count, timestamp, name, workspace, user, properties: { offsets, bytes } }) =>
    Array.from({ length: count }, (_, i) => {
      const own = text.decode(bytes.subarray(offsets[i], offsets[i + 1]))
      return [base + i, JSON.stringify([timestamp[i], name[i], workspace[i], user[i], own])] as const
    }),
  )
}

test('the events of some workspaces are those of the whole log, at their positions and in its order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(anyRecord, { maxLength: 40 }), { maxLength: 3 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
      (files, picks) => {
        const db = emptyProject()
        const keys = openEventKeys(db)
        for (const records of files) load(db, keys, records)
        const log = openEventLog(db)
        const codes = new Set([...log.workspaces.keys()].filter(code => picks[code % picks.length]))
        const wanted = [...log.chunks()].flatMap(chunk =>
          eventsIn([chunk]).filter(([at]) => codes.has(chunk.workspace[at - chunk.base] ?? -1)),
        )
        expect(eventsIn(log.chunksOf(codes))).toEqual(wanted)
        // Columns that are kept are those that are decoded, also where there is no room for all.
        const kept = openEventLog(db, undefined, 1)
        for (const again of [codes, new Set(codes)]) expect(eventsIn(kept.chunksOf(again))).toEqual(wanted)
        db.close()
      },
    ),
    { numRuns: 20 },
  )
})
