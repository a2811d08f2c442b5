import { readJson } from '#import'
import type { EntityRow } from '#schema/import'
import { type EntityTable, TABLES, type Value } from '#schema/tables'
import { type ImportOrder, type ImportRecord, importOrder, type PresentRow, presentRow, type Readable } from '#store'

/**
 * Puts rows that were held in their place in time: where a record of the same key was read later, further down in the file
 * or in an import since, what that says stays, and the row fills in only what that does not say.
 *
 * @param origin the import that held the rows
 */
export function rivalMerger(db: Readable, origin: ImportRecord): (row: EntityRow) => EntityRow {
  const { table } = origin
  if (table === 'events') return row => row
  const orders = new Map<number, ImportOrder>()
  const orderOf = (importId: number): ImportOrder => {
    const order = orders.get(importId) ?? importOrder(db, importId)
    orders.set(importId, order)
    return order
  }
  const names = Object.keys(TABLES[table].columns)
  const keyAt = TABLES[table].key.map(name => names.indexOf(name))
  const mine = orderOf(origin.importId).publishedNo
  return row => {
    const key = keyAt.map(at => row.values[at])
    // An outcome without an id gets one when it is published: it is no other record then.
    if (!key.every(part => typeof part === 'string')) return row
    const present = presentRow(db, table as EntityTable, key, orderOf)
    if (present === null || !isLater(present, mine, row.line)) return row
    return beneath(row, present, { names, told: orderOf(present.importId).columns })
  }
}

function isLater({ place }: PresentRow, publishedNo: number, line: number): boolean {
  return place.publishedNo > publishedNo || (place.publishedNo === publishedNo && place.line > line)
}

type Told = Readonly<{ names: readonly string[]; told: ReadonlySet<string> }>

function beneath(row: EntityRow, present: PresentRow, { names, told }: Told): EntityRow {
  const values = names.map((name, at): Value => {
    const there = present.values[at] ?? null
    return there !== null || told.has(name) ? there : (row.values[at] ?? null)
  })
  return { line: row.line, values, custom: customBeneath(row.custom, present.custom) }
}

function customBeneath(mine: string | null, present: string | null): string | null {
  if (mine === null || present === null) return mine
  const known = new Set(Object.keys(objectOf(present)))
  const rest = Object.entries(objectOf(mine)).filter(([name]) => !known.has(name))
  return rest.length === 0 ? null : JSON.stringify(Object.fromEntries(rest))
}

/** Numbers keep their spelling. */
function objectOf(json: string): Readonly<Record<string, unknown>> {
  return readJson(json).value as Readonly<Record<string, unknown>> // written by customWriter
}
