import { compareCodePoints } from '#lib/text'
import type { ColumnPlan } from '#schema/import'

/** A custom field of one record: its key, and its value as JSON. */
export type CustomField = readonly [key: string, json: string]

/** Writes the custom fields of a record as one JSON object with sorted keys. */
export type CustomWriter = Readonly<{
  /**
   * @param cells one per column of the file; blank ones are left out
   * @param extra fields that are not among the columns of the plan
   * @returns null where there is none
   */
  write(cells: readonly string[], extra: readonly CustomField[]): string | null
}>

/**
 * A writer for the custom columns of a file. A header that comes twice gets `_2`, `_3` ... from its second time on; one
 * without a name is `column_<position>`.
 *
 * @param isJson are the cells JSON already? Else they are texts
 */
export function customWriter(columns: readonly ColumnPlan[], isJson: boolean): CustomWriter {
  const fields = memberPrefixes(columns)
  const jsonOf = (cell: string | undefined): string => {
    const text = cell === undefined ? '' : cell.trim()
    return isJson || text === '' ? text : JSON.stringify(text)
  }
  const fieldsOf = (cells: readonly string[]): readonly CustomField[] =>
    fields.flatMap(({ key, at }): readonly CustomField[] => {
      const json = jsonOf(cells[at])
      return json === '' ? [] : [[key, json]]
    })
  return {
    write(cells, extra) {
      if (extra.length > 0) return objectOf([...fieldsOf(cells), ...extra])
      let text = ''
      for (const { at, prefix } of fields) {
        const json = jsonOf(cells[at])
        if (json !== '') text += (text === '' ? '{' : ',') + prefix + json
      }
      return text === '' ? null : `${text}}`
    },
  }
}

/** The custom columns of a file in the order of the object that they become: position, key, and what stands before its value. */
export function memberPrefixes(
  columns: readonly ColumnPlan[],
): readonly Readonly<{ key: string; at: number; prefix: string }>[] {
  return customKeys(columns)
    .map(({ key, at }) => ({ key, at, prefix: `${JSON.stringify(key)}:` }))
    .sort((a, b) => compareCodePoints(a.key, b.key))
}

function objectOf(fields: readonly CustomField[]): string {
  const sorted = fields.toSorted(([a], [b]) => compareCodePoints(a, b))
  return `{${sorted.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(',')}}`
}

function customKeys(columns: readonly ColumnPlan[]): readonly Readonly<{ key: string; at: number }>[] {
  const taken = new Set<string>()
  // A header may say one name a hundred thousand times.
  const lastOf = new Map<string, number>()
  return columns.flatMap(({ header, match }, at) => {
    if (match !== 'custom') return []
    const name = header.trim() === '' ? `column_${at + 1}` : header.trim()
    let key = name
    let n = lastOf.get(name) ?? 1
    while (taken.has(key)) key = `${name}_${++n}`
    lastOf.set(name, n)
    taken.add(key)
    return [{ key, at }]
  })
}
