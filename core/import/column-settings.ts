import type { FilePlan } from '#schema/import'
import type { ColumnSettings } from '#schema/mapping'
import type { Value } from '#schema/tables'
import type { ColumnReader } from './column.ts'
import { normalValue } from './values/cell-reader.ts'
import type { FaultSlot } from './values/fault.ts'
import { fullSalesforceId } from './values/salesforce-id.ts'

/** Different values counted per column. */
const MOST_VALUES = 1000
const SHOWN = 5

/**
 * A reader that does with its texts what a mapping says before they are read: values that mean nothing are passed over,
 * listed ones replaced, ids completed. Values that are not listed stay as they are and are told at the end.
 *
 * Source: docs/methods/import.md, "Mappings".
 */
export function withSettings(inner: ColumnReader, settings: ColumnSettings): ColumnReader {
  const { values, otherwise, ignore = [] } = settings
  if (!changesTexts(settings)) return inner
  const byNormal = new Map(Object.entries(values ?? {}).map(([from, to]) => [normalValue(from), to]))
  const isMapped = values !== undefined || otherwise !== undefined
  const unmapped = new Map<string, number>()
  const textOf = (text: string): string => {
    if (!isMapped) return formed(text, settings)
    const to = byNormal.get(normalValue(text)) ?? otherwise
    // A word for yes or no that is not listed is read as ever, or holds its row.
    if (to === undefined && inner.type !== 'boolean' && (unmapped.size < MOST_VALUES || unmapped.has(text)))
      unmapped.set(text, (unmapped.get(text) ?? 0) + 1)
    return to ?? text
  }
  return {
    ...inner,
    read(text: string, isNumber: boolean, slot: FaultSlot): Value {
      if (ignore.some(start => text.startsWith(start))) return nothing(inner, slot)
      const meant = textOf(text)
      return meant === '' ? nothing(inner, slot) : inner.read(meant, isNumber && meant === text, slot)
    },
    notes: () => [...inner.notes(), ...unmappedNote(inner.column, unmapped)],
  }
}

/** Does a mapping say what texts of a column stand for? */
export function changesTexts({ values, otherwise, ignore, idForm, separator }: ColumnSettings): boolean {
  return [values, otherwise, ignore, idForm, separator].some(setting => setting !== undefined)
}

function formed(text: string, { idForm, separator }: ColumnSettings): string {
  if (idForm === 'salesforce') return fullSalesforceId(text)
  if (idForm === 'first') return text.split(/[;,]/, 1)[0]?.trim() ?? ''
  return separator === undefined ? text : text.replaceAll(separator, ';')
}

function nothing(reader: ColumnReader, slot: FaultSlot): null {
  if (reader.isRequired) slot.code = 'value/missing'
  return null
}

function unmappedNote(column: string, unmapped: ReadonlyMap<string, number>): ReturnType<ColumnReader['notes']> {
  if (unmapped.size === 0) return []
  const count = [...unmapped.values()].reduce((total, times) => total + times, 0)
  const seen = [...unmapped].toSorted((a, b) => b[1] - a[1]).slice(0, SHOWN)
  const listed = seen.map(([value, times]) => `"${value}" (${times})`).join(', ')
  const more = unmapped.size > SHOWN ? ` and ${unmapped.size - SHOWN} more` : ''
  const message = `${column}: the mapping does not list ${listed}${more}; kept as written.`
  return [{ code: 'note/unmapped-values', column, count, lines: [], message }]
}

/** What a plan says about single columns, by canonical name. */
export function settingsOf({ columns, derived = [] }: FilePlan): ReadonlyMap<string, ColumnSettings> {
  return new Map(
    [...columns, ...derived].flatMap(({ column, settings }) =>
      column === null || settings === undefined ? [] : [[column, settings] as const],
    ),
  )
}
