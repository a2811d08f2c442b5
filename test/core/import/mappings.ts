import { parseMappings } from '#import'
import type { FileMapping } from '#schema/mapping'

type Loose = Readonly<{ source?: string; headers?: string[]; file?: string; encoding?: string; tables: unknown[] }>

/** A mapping with its defaults filled in. */
export function mappingOf(mapping: Loose): FileMapping {
  const [first] = parseMappings({ version: 1, mappings: [{ source: 'mine', ...mapping }] }).mappings
  if (first === undefined) throw new Error('one mapping')
  return first
}

/** One that feeds users. */
export const usersMapping = (fields: unknown[], rest: object = {}): FileMapping =>
  mappingOf({ tables: [{ table: 'users', fields, ...rest }] })
export const ID = { field: 'user_id', from: ['key'] }
