import { append } from '#lib/lists-by-key'
import type { FilePlan } from '#schema/import'
import type { EntityTable } from '#schema/tables'
import { importsOfRow, keysReadBy, listImports, type Readable } from '#store'

/** Published imports of a table by the names of what they were read from. */
export type NamedImports<N extends string> = ReadonlyMap<N, readonly number[]>

/** Published imports of a table by what their plans are named: an import may have several names, or none. */
export function importsBy<N extends string>(
  db: Readable,
  table: EntityTable,
  namesOf: (plan: FilePlan) => readonly N[],
): NamedImports<N> {
  const imports = new Map<N, number[]>()
  for (const { importId, table: own, plan, status } of listImports(db))
    if (own === table && status === 'published') for (const name of namesOf(plan)) append(imports, name, importId)
  return imports
}

/** Names of the imports that each row came from, by its key, for whoever asks for most rows: keys are read once. */
export function namesByKey<N extends string>(
  db: Readable,
  table: EntityTable,
  imports: NamedImports<N>,
): (key: string) => readonly N[] {
  const keys = [...imports].map(([name, ids]) => [name, keysReadBy(db, table, ids)] as const)
  return key => keys.flatMap(([name, own]) => (own.has(key) ? [name] : []))
}

/** The same for whoever asks for a few rows: each is looked up. */
export function namesOfRows<N extends string>(
  db: Readable,
  table: EntityTable,
  imports: NamedImports<N>,
): (key: string) => readonly N[] {
  return key => {
    const own = importsOfRow(db, table, key)
    return [...imports].flatMap(([name, ids]) => (ids.some(id => own.has(id)) ? [name] : []))
  }
}
