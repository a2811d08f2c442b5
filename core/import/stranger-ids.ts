import type { FilePlan, ImportOptions, KeyDoubt } from '#schema/import'
import { TABLES } from '#schema/tables'
import { isLikeColumn, requiredColumns } from './headers.ts'
import { bareOf, LEAST_REFERRED, looseReader, type ReferredIds, referencesOf } from './key-fit.ts'
import { SOURCES } from './presets/sources.ts'

const FIELD = 'workspace_id'

/**
 * The header that a file of other records is read to name workspaces by, for no other reason than that organisations are
 * usually called so: a help desk and a CRM have organisations of their own. A known kind of export says whose they are, and
 * rows that need a workspace are nothing without it.
 *
 * @returns null where there is none
 *
 * Source: docs/methods/import.md, "Whose organisations".
 */
export function likelyWorkspaceHeader({ table, source, columns, derived = [] }: FilePlan): string | null {
  if (table === null || table === 'events' || requiredColumns(table).includes(FIELD)) return null
  if (!referencesOf(table).some(({ column, to }) => column === FIELD && to === 'workspaces')) return null
  if (derived.some(({ column }) => column === FIELD)) return null
  if (SOURCES.some(({ shapes }) => shapes.some(({ title }) => title === source))) return null
  const header = columns.find(({ column }) => column === FIELD)?.header ?? null
  return header !== null && isLikeColumn(table, FIELD, header) ? header : null
}

/** Looks for ids among the workspaces of a file. */
export type WorkspaceReader = Readonly<{
  push(chunk: Uint8Array): void
  isFound(): boolean
  /** After the whole file. @returns how many rows have a key */
  end(): number
}>

/** @param plan a plan of workspaces; rows count whatever else is wrong with them */
export function createWorkspaceReader(
  plan: FilePlan,
  options: ImportOptions,
  wanted: ReadonlySet<string>,
): WorkspaceReader {
  const keyAt = Object.keys(TABLES.workspaces.columns).indexOf(FIELD)
  let count = 0
  let isFound = false
  const rows = looseReader(bareOf(plan, FIELD), options, {
    entities(run) {
      for (const { values } of run) {
        const id = values[keyAt]
        if (typeof id !== 'string' || id === '') continue
        count++
        isFound ||= wanted.has(id)
      }
    },
    events() {},
    held() {},
  })
  return {
    push: rows.push,
    isFound: () => isFound,
    end() {
      rows.end(true)
      return count
    },
  }
}

/** Where workspaces are known from, in words, and how many. */
export type KnownWorkspaces = Readonly<{ name: string; count: number }>

/**
 * What is told where none of the ids is a workspace.
 *
 * @param known without those that have no workspace
 * @returns null where fewer than three different ids, or three workspaces, were compared
 */
export function strangerDoubt(
  { table }: FilePlan,
  header: string,
  { ids, isAll }: Pick<ReferredIds, 'ids' | 'isAll'>,
  known: readonly KnownWorkspaces[],
): KeyDoubt | null {
  const count = known.reduce((sum, each) => sum + each.count, 0)
  if (table === null || table === 'events' || ids.size < LEAST_REFERRED || count < LEAST_REFERRED) return null
  const files = known.map(({ name }) => {
    return { file: name, column: header, ids: ids.size, isAll, inKey: 0, inOther: 0 }
  })
  const told = files.map(
    ({ file }) => `0 of ${isAll ? '' : 'the first '}${ids.size} different ${header} are in ${file}`,
  )
  const message = `"${header}" is read as ${FIELD}, but ${told.join('; ')}. If it names organisations of another tool, leave it as a custom field: on the board, or by a mapping without ${FIELD} (pql inspect --write-map, then --map).`
  return { table, field: FIELD, headers: [header], other: null, files, isSplit: false, message }
}
