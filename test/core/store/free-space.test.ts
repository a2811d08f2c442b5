import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { returnSpace } from '#store'
import { inProject } from './temporary-project.ts'

const MEGABYTE = 1 << 20

test.each([
  { why: 'nothing was taken out', kept: 1, dropped: 0, isSmaller: false },
  { why: 'little is free', kept: 1, dropped: 2, isSmaller: false },
  { why: 'more is in use than free', kept: 24, dropped: 20, isSmaller: false },
  { why: 'most of the file is free', kept: 1, dropped: 24, isSmaller: true },
])('$why: the file gets smaller: $isSmaller', ({ kept, dropped, isSmaller }) => {
  inProject((db, { path }) => {
    db.exec('CREATE TABLE kept (data BLOB); CREATE TABLE dropped (data BLOB)')
    const fill = (table: string, megabytes: number): void => {
      for (let i = 0; i < megabytes; i++) db.prepare(`INSERT INTO ${table} VALUES (zeroblob(?))`).run(MEGABYTE)
    }
    fill('kept', kept)
    fill('dropped', dropped)
    db.exec('DROP TABLE dropped')
    db.pragma('wal_checkpoint(TRUNCATE)')
    const before = statSync(path).size
    expect(returnSpace(db)).toBe(isSmaller)
    const after = statSync(path).size
    expect(after < before).toBe(isSmaller)
    expect(after).toBeGreaterThan(kept * MEGABYTE)
    expect(db.prepare('SELECT sum(length(data)) FROM kept').pluck().get()).toBe(kept * MEGABYTE)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  })
})
