import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ImportMode } from '#schema/import'
import {
  diffCounts,
  diffPage,
  listImports,
  publishBatch,
  readTable,
  stagedImports,
  undoImport,
  undoRefusal,
  type Writable,
} from '#store'
import { inProject, stageFile, user } from './temporary-project.ts'

type Row = Readonly<{ id: string; name: string | null; title: string | null }>
type File = Readonly<{ rows: readonly Row[]; hasTitle: boolean; format: 'csv' | 'jsonl' }>
type Step =
  | Readonly<{ do: 'import'; files: readonly File[]; mode: ImportMode }>
  | Readonly<{ do: 'undo' }>
  | Readonly<{ do: 'drop'; files: readonly File[] }>

/** A row of the model: its values, and the file and line that gave them. */
type Known = Readonly<{ name: string | null; title: string | null; from: string }>
type Table = ReadonlyMap<string, Known>
/** What the tables were before each import that still counts. */
type Model = { table: Table; before: Table[] }

const cell = fc.constantFrom(null, 'x', 'y')
const row: fc.Arbitrary<Row> = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), name: cell, title: cell })
const file: fc.Arbitrary<File> = fc.record({
  rows: fc.array(row, { maxLength: 6 }),
  hasTitle: fc.boolean(),
  format: fc.constantFrom('csv' as const, 'jsonl' as const),
})
const files = fc.array(file, { minLength: 1, maxLength: 2 })
const mode = fc.constantFrom<ImportMode>('upsert', 'append', 'replace')
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('import' as const), files, mode }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), files }) },
)

test('imports of every mode, undone and discarded in any order, come to what a plain model comes to', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 10 }), steps => {
      inProject(db => {
        db.pragma('synchronous = OFF') // nothing is killed here
        const model: Model = { table: new Map(), before: [] }
        for (const [at, each] of steps.entries()) run(db, model, { at, ...each })
      })
    }),
    { numRuns: 40 },
  )
})

function run(db: Writable, model: Model, given: Step & Readonly<{ at: number }>): void {
  if (given.do === 'undo') undo(db, model)
  else if (given.do === 'drop') {
    stage(db, `batch ${given.at}`, given.files)
    look(db, `batch ${given.at}`)
    db.exec(`DELETE FROM users_staged; DELETE FROM import WHERE status = 'staging'`)
  } else importAll(db, model, given)
  expect(tableOf(db)).toEqual(model.table)
  const counting = listImports(db).filter(({ status }) => status === 'published')
  expect(counting).toHaveLength(model.before.length)
  expect(counting.map(record => undoRefusal(db, record) === null)).toEqual(counting.map((_, i) => i === 0))
}

function undo(db: Writable, model: Model): void {
  const newest = listImports(db).find(({ status }) => status === 'published')
  if (newest === undefined) return
  undoImport(db, newest.importId, 1)
  model.table = model.before.pop() ?? new Map()
}

function importAll(
  db: Writable,
  model: Model,
  { at, files: given, mode: how }: Readonly<{ at: number; files: readonly File[]; mode: ImportMode }>,
): void {
  const batchId = `batch ${at}`
  const ids = stage(db, batchId, given)
  const missing = missingFrom(model.table, given)
  const expected = given.map((each, i) =>
    expectation(model, { file: each, mode: how, name: nameOf(ids[i] ?? 0), missing: i === 0 ? missing : [] }),
  )
  if (how === 'upsert' || given.length === 1)
    expect(look(db, batchId)).toEqual(expected.map(({ diff }) => ({ ...diff, missing: missing.length, spared: 0 })))
  const records = publishBatch(db, batchId, at, () => how)
  expect(records).toMatchObject(expected.map(({ counts }) => counts))
}

function stage(db: Writable, batchId: string, given: readonly File[]): readonly number[] {
  return given.map(({ rows, hasTitle, format }) => {
    const columns = hasTitle ? ['user_id', 'name', 'job_title'] : ['user_id', 'name']
    const next = Number(db.prepare('SELECT coalesce(max(id), 0) + 1 FROM import').pluck().get())
    const staged = rows.map(({ id, name, title }, i) => user(i + 2, id, { name, job_title: title }))
    return stageFile(db, batchId, { table: 'users', rows: staged, columns, format, file: nameOf(next) })
  })
}

const nameOf = (importId: number): string => `${importId}.csv`

/** The counts of every staged file; its pages say the same. */
function look(db: Writable, batchId: string) {
  return stagedImports(db, batchId).map(record => {
    const entity = { ...record, table: 'users' as const }
    const counts = diffCounts(db, entity)
    for (const [kind, count] of [
      ['new', counts.added],
      ['changed', counts.changed],
      ['missing', counts.missing],
    ] as const) {
      const keys: string[] = []
      for (let after: number | null = 0; after !== null; ) {
        const page = diffPage(db, entity, { kind, after, limit: 2 })
        keys.push(...page.rows.map(({ key }) => key.join()))
        after = page.next
      }
      expect([kind, new Set(keys).size, keys.length]).toEqual([kind, count, count])
    }
    return counts
  })
}

function tableOf(db: Writable): Table {
  const places = new Map(
    (
      db.prepare('SELECT user_id, file, source_line FROM users JOIN import ON import.id = import_id').raw().all() as [
        string,
        string,
        number,
      ][]
    ).map(([id, name, line]) => [id, `${name}:${line}`]),
  )
  return new Map(
    readTable(db, 'users').map(({ user_id, name, job_title }) => [
      user_id,
      { name, title: job_title, from: places.get(user_id) ?? '' },
    ]),
  )
}

const missingFrom = (table: Table, given: readonly File[]): readonly string[] => {
  const named = new Set(given.flatMap(({ rows }) => rows.map(({ id }) => id)))
  return [...table.keys()].filter(id => !named.has(id))
}

type Laying = Readonly<{ file: File; mode: ImportMode; name: string; missing: readonly string[] }>

/** Lays a file over the model by hand. */
function expectation(model: Model, { file: given, mode: how, name: fileName, missing }: Laying) {
  const { rows } = given
  model.before.push(model.table)
  const table = new Map(model.table)
  const removed = how === 'replace' ? missing : []
  for (const id of removed) table.delete(id)
  const counts = { added: 0, changed: 0, same: 0, leftAlone: 0 }
  const emptied = { name: 0, job_title: 0 }
  const seen = seenIn(given)
  const last = new Map(rows.map((row, i) => [row.id, { ...row, from: `${fileName}:${i + 2}` }]))
  for (const [id, { name, title, from }] of last) {
    const known = table.get(id)
    const after = laidOver(known, { name, title, from }, seen)
    const kind = kindOf(known, after, how)
    if (isEmptied(known?.name, after.name)) emptied.name++
    if (isEmptied(known?.title, after.title)) emptied.job_title++
    counts[kind]++
    if (kind === 'added' || kind === 'changed') table.set(id, after)
  }
  model.table = new Map([...table].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const superseded = rows.length - last.size
  return {
    counts: {
      ...counts,
      read: rows.length,
      loaded: counts.added + counts.changed + counts.same,
      held: 0,
      removed: removed.length,
      superseded,
      skipped: superseded + counts.leftAlone,
      mode: how,
    },
    diff: {
      added: counts.added,
      changed: counts.changed + counts.leftAlone,
      same: counts.same,
      emptied: Object.entries(emptied).flatMap(([column, rows]) => (rows === 0 ? [] : { column, rows })),
    },
  }
}

type Seen = Readonly<{ name: boolean; title: boolean }>

/** Columns that a file says something about: by a header of a delimited one, else by a value. */
function seenIn({ rows, hasTitle, format }: File): Seen {
  const isDelimited = format === 'csv'
  return {
    name: isDelimited || rows.some(({ name }) => name !== null),
    title: (isDelimited && hasTitle) || rows.some(({ title }) => title !== null),
  }
}

function laidOver(known: Known | undefined, row: Known, seen: Seen): Known {
  if (known === undefined) return row
  return { ...row, name: seen.name ? row.name : known.name, title: seen.title ? row.title : known.title }
}

const isEmptied = (before: string | null | undefined, after: string | null): boolean => after === null && before != null

function kindOf(known: Known | undefined, after: Known, how: ImportMode): 'added' | 'changed' | 'same' | 'leftAlone' {
  if (known === undefined) return 'added'
  if (known.name === after.name && known.title === after.title) return 'same'
  return how === 'append' ? 'leftAlone' : 'changed'
}
