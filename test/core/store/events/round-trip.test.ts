import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventLog } from '#schema/event'
import type { EventRecord } from '../../../../core/import/events/index.ts'
import type { Writable } from '../../../../core/store/connection.ts'
import {
  createEventWriter,
  type EventDetail,
  eventCount,
  openEventKeys,
  openEventLog,
} from '../../../../core/store/events/index.ts'
import { anyRecord, batchesOf, beginImport, emptyProject, LOGIN, load, publish } from './project.ts'

/** The rule in plain words: an event is skipped where one with its id and its content is there. */
function expectedOf(files: readonly (readonly EventRecord[])[]): readonly EventRecord[] {
  const seen = new Set<string>()
  return files.flatMap(records => {
    const ordinals = new Map<string, number>()
    return records.filter(({ line: _, ...content }) => {
      const text = JSON.stringify(content)
      const ordinal = ordinals.get(text) ?? 0
      ordinals.set(text, ordinal + 1)
      const key = content.eventId === '' ? `${ordinal} ${text}` : text
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
  })
}

const asRecord = ({ position: _, importId: __, ...record }: EventDetail): EventRecord => record
const byText = (records: readonly EventRecord[]): readonly string[] =>
  records.map(({ isDate: _, ...record }) => JSON.stringify(Object.entries(record).toSorted())).toSorted()
const allRows = (db: Writable): readonly EventDetail[] => {
  const log = openEventLog(db)
  return log.rows(Array.from({ length: log.count }, (_, position) => position))
}

/** All that the judging rooms see, as plain values. */
function plain(log: EventLog): unknown {
  return {
    count: log.count,
    names: log.names,
    workspaces: log.workspaces,
    users: log.users,
    copies: log.copies,
    chunks: [...log.chunks()].map(chunk => ({
      base: chunk.base,
      count: chunk.count,
      timestamp: [...chunk.timestamp],
      name: [...chunk.name],
      workspace: [...chunk.workspace],
      user: [...chunk.user],
      properties: { offsets: [...chunk.properties.offsets], bytes: [...chunk.properties.bytes] },
    })),
  }
}

describe('events in the project', () => {
  test('are those of the files, whatever the imports and batches', () => {
    const file = fc.array(anyRecord, { maxLength: 40 })
    fc.assert(
      fc.property(
        fc.array(file, { maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 9 })),
        fc.boolean(),
        (files, sizes, again) => {
          const db = emptyProject()
          const keys = openEventKeys(db)
          const totals = files.map(records => {
            if (again) keys.forget()
            return load(db, keys, records, sizes).totals
          })
          const expected = expectedOf(files)
          expect(byText(allRows(db).map(asRecord))).toEqual(byText(expected))
          expect(eventCount(db)).toBe(expected.length)
          const read = files.flat().length
          const loaded = totals.reduce((sum, total) => sum + total.loaded, 0)
          const skipped = totals.reduce((sum, total) => sum + total.same + total.repeated, 0)
          expect([loaded, skipped]).toEqual([expected.length, read - expected.length])
          db.close()
        },
      ),
      { numRuns: 60 },
    )
  })

  test('lie the same however a file is cut into batches', () => {
    fc.assert(
      fc.property(
        fc.array(anyRecord, { maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (records, sizes) => {
          const [whole, cut] = [emptyProject(), emptyProject()]
          load(whole, openEventKeys(whole), records)
          load(cut, openEventKeys(cut), records, sizes)
          const parts =
            'SELECT s.*, p.part, p.columns FROM event_segment s JOIN event_part p ON p.segment_id = s.id ORDER BY s.id, p.part'
          expect(cut.prepare(parts).all()).toEqual(whole.prepare(parts).all())
          const pages = 'SELECT * FROM event_dictionary ORDER BY kind, first_code'
          expect(cut.prepare(pages).all()).toEqual(whole.prepare(pages).all())
          whole.close()
          cut.close()
        },
      ),
      { numRuns: 40 },
    )
  })

  test('are chunks sorted by workspace, then time, whose codes have texts', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 60 }), records => {
        const db = emptyProject()
        load(db, openEventKeys(db), records)
        const log = openEventLog(db)
        const rows = allRows(db)
        let position = 0
        for (const chunk of log.chunks()) {
          expect(chunk.base).toBe(position)
          for (let i = 0; i < chunk.count; i++, position++) {
            const row = rows[position]!
            const { offsets, bytes } = chunk.properties
            expect({
              name: log.names[chunk.name[i]!],
              workspace: log.workspaces[chunk.workspace[i]!],
              user: log.users[chunk.user[i]!],
              timestamp: chunk.timestamp[i],
              properties: Buffer.from(bytes.slice(offsets[i], offsets[i + 1])).toString(),
            }).toEqual({
              name: row.name,
              workspace: row.workspace,
              user: row.user,
              timestamp: row.timestamp,
              properties: row.properties,
            })
            const isAscending =
              i === 0 ||
              chunk.workspace[i]! > chunk.workspace[i - 1]! ||
              (chunk.workspace[i] === chunk.workspace[i - 1] && chunk.timestamp[i]! >= chunk.timestamp[i - 1]!)
            expect(isAscending).toBe(true)
          }
        }
        expect(position).toBe(log.count)
        db.close()
      }),
      { numRuns: 40 },
    )
  })

  test('are the same after the file was closed and opened', () => {
    const folder = mkdtempSync(join(tmpdir(), 'events-'))
    const path = join(folder, 'p.pql')
    try {
      const memory = emptyProject()
      const records = fc.sample(anyRecord, { numRuns: 300, seed: 7 })
      load(memory, openEventKeys(memory), records)
      const before = plain(openEventLog(memory))
      memory.prepare('VACUUM INTO ?').run(path)
      memory.close()
      const reopened = new Database(path) as Writable
      expect(plain(openEventLog(reopened))).toEqual(before)
      const { totals } = load(reopened, openEventKeys(reopened), records)
      expect(totals).toMatchObject({ loaded: 0, same: 300 })
      reopened.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('are cut into segments of 65,536 rows and runs of 196,608', () => {
    const db = emptyProject()
    const importId = beginImport(db)
    const writer = createEventWriter(db, importId, openEventKeys(db))
    const [batch] = batchesOf(
      Array.from({ length: 5 }, (_, i) => ({ ...LOGIN, eventId: `e-${i}`, workspace: `w-${i}` })),
    )
    const rows = 106_000
    for (let turn = 0; turn < 5; turn++) {
      const at = (i: number) => rows * turn + i
      writer.write({
        ...batch!,
        count: rows,
        idHash: Uint32Array.from({ length: 2 * rows }, (_, i) => Math.imul(at(i >> 1) + 1, 0x9e3779b1 + (i & 1))),
        contentHash: new Uint32Array(2 * rows),
        uuids: null,
        id: { offsets: new Uint32Array(rows + 1), bytes: new Uint8Array() },
        isDate: new Uint8Array(rows),
        properties: { offsets: new Uint32Array(rows + 1), bytes: new Uint8Array() },
        custom: { offsets: new Uint32Array(rows + 1), bytes: new Uint8Array() },
        timestamp: Float64Array.from({ length: rows }, (_, i) => (at(i) * 104_729) % 1_000_003),
        codes: {
          ...Object.fromEntries(Object.keys(batch!.codes).map(kind => [kind, new Uint32Array(rows)])),
          workspace: Uint32Array.from({ length: rows }, (_, i) => 1 + (at(i) % 5)),
        } as (typeof batch & object)['codes'],
        isKeyEvent: new Uint8Array(rows),
        weight: new Float64Array(rows).fill(Number.NaN),
        line: Uint32Array.from({ length: rows }, (_, i) => at(i) + 2),
      })
    }
    expect(writer.finish().loaded).toBe(5 * rows)
    publish(db, importId)
    const counts = db.prepare('SELECT row_count FROM event_segment ORDER BY id').pluck().all()
    expect(counts).toEqual([...new Array<number>(8).fill(65_536), 5 * rows - 8 * 65_536])
    const log = openEventLog(db)
    const newest = log.page({ workspaces: ['w-3'], limit: 3, after: null }).rows
    const times = Array.from({ length: 5 * rows }, (_, i) => (i * 104_729) % 1_000_003).filter((_, i) => i % 5 === 3)
    expect(newest.map(({ timestamp }) => timestamp)).toEqual(times.sort((a, b) => b - a).slice(0, 3))
    db.close()
  })
})

describe('before an import is published', () => {
  test('nothing of it is seen', () => {
    const db = emptyProject()
    const keys = openEventKeys(db)
    load(db, keys, [LOGIN])
    const before = plain(openEventLog(db))
    const importId = beginImport(db)
    const writer = createEventWriter(db, importId, keys)
    for (const batch of batchesOf([
      { ...LOGIN, eventId: 'e-2', workspace: 'w-new', name: 'other' },
      { ...LOGIN, user: 'u-9' },
    ])) {
      writer.write(batch)
    }
    expect(writer.finish()).toEqual({ loaded: 2, same: 0, repeated: 0, differingCopies: 1 })
    expect(plain(openEventLog(db))).toEqual(before)
    publish(db, importId)
    expect(openEventLog(db)).toMatchObject({
      count: 3,
      workspaces: ['', 'w-1', 'w-new'],
      copies: [{ eventId: 'e-1', positions: [0, 1] }],
    })
    db.close()
  })
})

describe('copies', () => {
  test('all events of an id, first loaded first; the same copy again is skipped', () => {
    const db = emptyProject()
    const keys = openEventKeys(db)
    const [first, second, third] = [LOGIN, { ...LOGIN, workspace: 'w-0', line: 9 }, { ...LOGIN, weight: 2 }]
    const other = { ...LOGIN, eventId: '6f1b1e0a-1111-4222-8333-9a9b9c9d9e9f' }
    expect(load(db, keys, [first, other]).totals.differingCopies).toBe(0)
    expect(load(db, keys, [second, first, second]).totals).toEqual({
      loaded: 1,
      same: 1,
      repeated: 1,
      differingCopies: 1,
    })
    expect(load(db, keys, [third, { ...other, user: 'u-2' }]).totals.differingCopies).toBe(2)
    const log = openEventLog(db)
    const groups = log.copies.map(({ eventId, positions }) => ({
      eventId,
      rows: log.rows(positions).map(({ importId, line, weight }) => ({ importId, line, weight })),
    }))
    expect(groups).toEqual([
      {
        eventId: 'e-1',
        rows: [
          { importId: 1, line: 2, weight: null },
          { importId: 2, line: 9, weight: null },
          { importId: 3, line: 2, weight: 2 },
        ],
      },
      {
        eventId: other.eventId,
        rows: [
          { importId: 1, line: 2, weight: null },
          { importId: 3, line: 2, weight: null },
        ],
      },
    ])
    expect(log.ids(log.copies.flatMap(({ positions }) => positions))).toEqual([
      'e-1',
      'e-1',
      'e-1',
      other.eventId,
      other.eventId,
    ])
    db.close()
  })

  test('events without an id are never copies of each other', () => {
    const db = emptyProject()
    const keys = openEventKeys(db)
    const bare = { ...LOGIN, eventId: '' }
    expect(load(db, keys, [bare, bare, { ...bare, user: 'u-2' }]).totals.loaded).toBe(3)
    expect(load(db, keys, [{ ...bare, user: 'u-2' }, bare, bare, bare]).totals).toEqual({
      loaded: 1,
      same: 3,
      repeated: 0,
      differingCopies: 0,
    })
    expect(openEventLog(db).copies).toEqual([])
    db.close()
  })
})
