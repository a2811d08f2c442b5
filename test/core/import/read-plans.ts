import { createReader, planTables } from '#import'
import { formatInstant } from '#lib/time'
import { EVENT_CODES, type FilePlan, type ImportOptions } from '#schema/import'
import { TABLES, type TableName } from '#schema/tables'

/** One row, without what is missing. */
export type Record = Readonly<{ [column: string]: unknown }>
export type Reading = Readonly<{
  plan: FilePlan
  records: readonly Record[]
  held: number
  skipped: number
  notes: readonly string[]
}>

/** Reads a file by one plan, again where its rows ask for it, to one object per row without what is missing. */
export function readBy(first: FilePlan, bytes: Uint8Array, options: ImportOptions): Reading {
  let plan = first
  for (let passes = 0; passes < 4; passes++) {
    const records: Record[] = []
    const columns = Object.keys(TABLES[plan.table as TableName].columns)
    const reader = createReader(plan, options, {
      entities: rows => {
        for (const { values } of rows)
          records.push(
            Object.fromEntries(columns.flatMap((name, i) => (values[i] === null ? [] : [[name, values[i]]]))),
          )
      },
      events: batch => {
        for (let i = 0; i < batch.count; i++) {
          const texts = EVENT_CODES.map(code => [
            code,
            batch.codes[code][i] ? batch.dictionaries[code].text(batch.codes[code][i] as number) : '',
          ])
          records.push(
            Object.fromEntries([
              ['at', formatInstant(batch.timestamp[i] as number)],
              ...texts.filter(([, text]) => text !== ''),
            ]),
          )
        }
      },
      held() {},
    })
    reader.push(bytes)
    const result = reader.end()
    if (result.status === 'done') {
      const { held, skipped, notes } = result
      return { plan: result.plan, records, held, skipped, notes: notes.map(({ code }) => code) }
    }
    plan = result.plan
  }
  throw new Error('the proof does not settle')
}

/** Reads a file once per table that it feeds. */
export function readAll(file: string, bytes: Uint8Array, options: ImportOptions = {}): readonly Reading[] {
  const plans = planTables({ file, head: bytes, size: bytes.length, isWhole: true, options })
  return plans.map(plan => readBy(plan, bytes, options))
}
