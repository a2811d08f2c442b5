import { describe, expect, test } from 'vitest'
import type { Writable } from '../../../../core/store/connection.ts'
import { createEventWriter, deleteEvents, openEventKeys, openEventLog } from '../../../../core/store/events/index.ts'
import { batchesOf, beginImport, emptyProject, LOGIN, load, publish } from './project.ts'

const tables = ['event_dictionary', 'event_segment', 'event_part', 'event_copy']
const contents = (db: Writable) => tables.map(table => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())

describe('deleting the events of an import', () => {
  test('a staged one leaves the project as it was, and the same file can be loaded', () => {
    const db = emptyProject()
    const keys = openEventKeys(db)
    load(db, keys, [LOGIN])
    const before = contents(db)
    const records = [
      { ...LOGIN, eventId: 'e-2', user: 'u-new' },
      { ...LOGIN, name: 'other' },
    ]
    const staged = beginImport(db)
    const writer = createEventWriter(db, staged, keys)
    for (const batch of batchesOf(records)) writer.write(batch)
    writer.finish()
    expect(contents(db)).not.toEqual(before)
    deleteEvents(db, staged, keys)
    expect(contents(db)).toEqual(before)
    expect(load(db, keys, records).totals).toEqual({ loaded: 2, same: 0, repeated: 0, differingCopies: 1 })
    db.close()
  })

  test('one that was given up before it wrote anything leaves no gap in the dictionaries', () => {
    const db = emptyProject()
    const keys = openEventKeys(db)
    const given = beginImport(db)
    for (const batch of batchesOf([{ ...LOGIN, user: 'u-lost' }])) createEventWriter(db, given, keys).write(batch)
    load(db, keys, [LOGIN])
    expect(openEventLog(db).rows([0])).toMatchObject([{ eventId: 'e-1', user: 'u-1', workspace: 'w-1' }])
    keys.forget()
    expect(load(db, keys, [LOGIN]).totals).toMatchObject({ loaded: 0, same: 1 })
    db.close()
  })

  test('the last published one takes its texts and copies with it', () => {
    const db = emptyProject()
    const keys = openEventKeys(db)
    load(db, keys, [LOGIN])
    const before = contents(db)
    const { importId } = load(db, keys, [{ ...LOGIN, workspace: 'w-2' }])
    expect(openEventLog(db).copies).toHaveLength(1)
    deleteEvents(db, importId, keys)
    db.prepare(`UPDATE import SET status = 'undone' WHERE id = ?`).run(importId)
    expect(contents(db)).toEqual(before)
    expect(openEventLog(db)).toMatchObject({ count: 1, workspaces: ['', 'w-1'], copies: [] })
    db.close()
  })

  test('an earlier one leaves the texts that a later one uses', () => {
    const db = emptyProject()
    const keys = openEventKeys(db)
    const { importId } = load(db, keys, [LOGIN])
    load(db, keys, [{ ...LOGIN, workspace: 'w-2', line: 7 }])
    deleteEvents(db, importId, keys)
    db.prepare(`UPDATE import SET status = 'undone' WHERE id = ?`).run(importId)
    const log = openEventLog(db)
    expect(log.rows([0])).toMatchObject([{ eventId: 'e-1', user: 'u-1', workspace: 'w-2', line: 7 }])
    expect(log.copies).toEqual([])
    expect(load(db, keys, [LOGIN]).totals).toEqual({ loaded: 1, same: 0, repeated: 0, differingCopies: 1 })
    expect(db.pragma('foreign_key_check')).toEqual([])
    db.close()
  })

  test('an import that is published while an older one is still staged can be read', () => {
    const db = emptyProject()
    const keys = openEventKeys(db)
    const older = beginImport(db)
    const writer = createEventWriter(db, older, keys)
    for (const batch of batchesOf([LOGIN])) writer.write(batch)
    writer.finish()
    load(db, keys, [{ ...LOGIN, eventId: 'e-2' }])
    expect(openEventLog(db).rows([0])).toMatchObject([{ eventId: 'e-2', user: 'u-1' }])
    publish(db, older)
    expect(openEventLog(db).count).toBe(2)
    db.close()
  })
})
