import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { compare } from './compare.ts'
import { readCsv } from './csv.ts'
import { judge } from './judge.ts'
import { type OracleModel, RECIPE } from './model.ts'
import { readProduct, withProduct } from './product.ts'
import { type Exports, TABLE_NAMES, type TableName, type TextRow } from './tables.ts'

const sample = resolve(import.meta.dirname, '../../fixtures/sample')

type HeldRow = Readonly<{ file: string; line: number }>

/** Rows of a sample file, those left out that the import held. */
function tableOf(table: TableName, held: readonly HeldRow[]): readonly TextRow[] {
  const path = [`${table}.csv`, `${table}.csv.gz`].map(name => join(sample, name)).find(existsSync) ?? ''
  const bytes = readFileSync(path)
  const { rows, lines } = readCsv((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
  const isHeld = new Set(held.filter(row => path.endsWith(row.file)).map(row => row.line))
  return rows.filter((_row, i) => !isHeld.has(lines[i] ?? 0))
}

test('the default model has the figures of the specification', async () => {
  const model = await withProduct(async client => JSON.parse((await client['model.get']({})).json) as OracleModel)
  const { taxonomy, ...figures } = RECIPE
  expect(model).toMatchObject(figures)
  const entries = new Map(model.taxonomy.map(row => [row.kind, row]))
  for (const { kind, category, highIntent } of taxonomy)
    expect(entries.get(kind), kind).toMatchObject({ category, highIntent })
})

describe('the sample exports', () => {
  test('are judged as the specification says by the default model', { timeout: 240_000 }, async () => {
    const { model, asOf, product, held } = await withProduct(async (client, folder) => {
      const names = TABLE_NAMES.map(table =>
        [`${table}.csv`, `${table}.csv.gz`].find(name => existsSync(join(sample, name))),
      )
      const sources = names.map(name => join(sample, name ?? ''))
      await client['import.run']({ sources, options: {} })
      const run = await client['score.run']({ identity: 'explicit' })
      await client['export.run']({ target: join(folder, 'out'), overwrite: false })
      return {
        asOf: run.asOf,
        product: readProduct(join(folder, 'out')),
        held: (await client['import.held']({ after: 0, limit: 500 })).rows,
        model: JSON.parse((await client['model.get']({})).json) as OracleModel,
      }
    })
    const exports = Object.fromEntries(TABLE_NAMES.map(table => [table, tableOf(table, held)])) as Exports
    const judgements = judge(exports, model, { asOf })
    expect(judgements.size).toBe(600)
    expect(compare(judgements, product)).toEqual([])
  })
})
