import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTable } from '#store'
import { importBatch, inProject, user } from './temporary-project.ts'

type Given = Readonly<{ id: string; name: string | null; title: string | null }>
type File = Readonly<{ rows: readonly Given[]; hasTitle: boolean }>
type Known = Map<string, Omit<Given, 'id'>>

const cell = fc.constantFrom(null, 'x', 'y')
const row = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), name: cell, title: cell })
const file = fc.record({ rows: fc.array(row, { maxLength: 8 }), hasTitle: fc.boolean() })

test('any sequence of files comes to the same rows and counts as doing it by hand', () => {
  fc.assert(
    fc.property(fc.array(file, { maxLength: 5 }), files => {
      compare(files)
    }),
    { numRuns: 25 },
  )
})

function compare(files: readonly File[]): void {
  inProject(db => {
    const known: Known = new Map()
    for (const [i, { rows, hasTitle }] of files.entries()) {
      const staged = rows.map(({ id, name, title }, at) => user(at + 2, id, { name, job_title: title }))
      const columns = hasTitle ? ['user_id', 'name', 'job_title'] : ['user_id', 'name']
      const [record] = importBatch(db, String(i), [{ table: 'users', rows: staged, columns }])
      expect(record).toMatchObject(byHand(known, { rows, hasTitle }))
    }
    const found = readTable(db, 'users').map(({ user_id, name, job_title }) => [user_id, name, job_title])
    const want = [...known].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, { name, title }]) => [id, name, title])
    expect(found).toEqual(want)
  })
}

/** A map of rows, the last record of each key laid over it; a column is the file's where it is named or filled. */
function byHand(known: Known, { rows, hasTitle }: File): Readonly<Record<string, number>> {
  const counts = { added: 0, changed: 0, same: 0 }
  const last = new Map(rows.map(given => [given.id, given]))
  const isTitleSeen = hasTitle || rows.some(({ title }) => title !== null)
  for (const { id, name, title } of last.values()) {
    const before = known.get(id)
    const after = { name, title: isTitleSeen || before === undefined ? title : before.title }
    counts[kindOf(before, after)]++
    known.set(id, after)
  }
  const superseded = rows.length - last.size
  return { ...counts, read: rows.length, loaded: last.size, held: 0, skipped: superseded, superseded }
}

function kindOf(before: Omit<Given, 'id'> | undefined, after: Omit<Given, 'id'>): 'added' | 'changed' | 'same' {
  if (before === undefined) return 'added'
  return before.name === after.name && before.title === after.title ? 'same' : 'changed'
}
