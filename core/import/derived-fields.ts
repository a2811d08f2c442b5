import type { DerivedField, FilePlan } from '#schema/import'
import type { FieldSource, RowCondition } from '#schema/mapping'
import type { ColumnReader } from './column-reader.ts'
import { NOTHING, type PathReader, type PathValue, pathReader } from './field-path.ts'
import { isMissing, normalValue } from './values/cell-reader.ts'

type JsonRecord = Readonly<Record<string, unknown>> | null

/** A field that is worked out from a record, beside those that are simply one of its columns. */
export type DerivedReader = Readonly<{
  reader: ColumnReader
  /** Text and kind of the field in a record; an empty text where there is nothing. */
  read(cells: readonly string[], record: JsonRecord): PathValue
}>

/**
 * Readers of the derived fields of a plan, in its order.
 *
 * `first`: the first source that says anything, `join`: all that do, with a blank between. A source with values of its own
 * says nothing where its text is not among them. Where no source says anything, the constant.
 *
 * Source: docs/methods/import.md, "Mappings".
 */
export function derivedReaders(
  plan: Pick<FilePlan, 'derived' | 'columns' | 'format'>,
  readers: ReadonlyMap<string, ColumnReader>,
): readonly DerivedReader[] {
  return (plan.derived ?? []).flatMap(field => {
    const reader = readers.get(field.column)
    return reader === undefined ? [] : [{ reader, read: fieldReader(field, plan, reader) }]
  })
}

function fieldReader(
  field: DerivedField,
  { columns, format }: Pick<FilePlan, 'columns' | 'format'>,
  { type }: ColumnReader,
): DerivedReader['read'] {
  const sources = field.from.map(source =>
    sourceReader(source, path => pathReader(path, columns, format !== 'csv', type === 'list')),
  )
  const { constant } = field
  const fallback: PathValue = constant === undefined ? NOTHING : { text: constant, isNumber: false, value: constant }
  const [only] = sources
  const isSaid = (found: PathValue): boolean => !isMissing(found.text, type)
  if (field.combine === 'join' && sources.length > 1) {
    return (cells, record) => {
      const texts = sources.map(source => source.read(cells, record)).filter(isSaid)
      const text = texts.map(found => found.text).join(' ')
      return text === '' ? fallback : { text, isNumber: false, value: text }
    }
  }
  if (only !== undefined && sources.length === 1 && constant === undefined) return only.read
  return (cells, record) => {
    for (const source of sources) {
      const found = source.read(cells, record)
      if (isSaid(found)) return found
    }
    return fallback
  }
}

/** What the texts of a source stand for, by their normal form. */
export function statedValues({ values }: Exclude<FieldSource, string>): ReadonlyMap<string, string> {
  return new Map(Object.entries(values).map(([from, to]) => [normalValue(from), to]))
}

function sourceReader(source: FieldSource, readerOf: (path: string) => PathReader): PathReader {
  if (typeof source === 'string') return readerOf(source)
  const inner = readerOf(source.path)
  const values = statedValues(source)
  return {
    read(cells, record) {
      const found = inner.read(cells, record)
      const text = found.text === '' ? undefined : values.get(normalValue(found.text))
      return text === undefined ? NOTHING : { text, isNumber: false, value: text }
    },
  }
}

/** The headers and paths that the derived fields of a plan read. */
export function pathsOf({ derived = [] }: Pick<FilePlan, 'derived'>): ReadonlySet<string> {
  return new Set(derived.flatMap(({ from }) => from.map(source => (typeof source === 'string' ? source : source.path))))
}

/** Does a record belong to the table? */
export type RowFilter = (cells: readonly string[], record: JsonRecord) => boolean

/** The filter of a plan; null where every row belongs to its table. */
export function rowFilter({ when, columns, format }: Pick<FilePlan, 'when' | 'columns' | 'format'>): RowFilter | null {
  if (when === undefined || when.length === 0) return null
  const tests = when.map((condition): RowFilter => {
    const source = pathReader(condition.path, columns, format !== 'csv', false)
    return (cells, record) => holds(condition, source.read(cells, record).text)
  })
  return (cells, record) => tests.every(test => test(cells, record))
}

/** Is a text, without blanks around it, what a condition asks for? */
export function holds(condition: RowCondition, text: string): boolean {
  if (condition.isFilled !== undefined && condition.isFilled !== (text !== '')) return false
  if (condition.isMissing !== undefined && condition.isMissing !== isMissing(text, 'moment')) return false
  const isOneOf = (texts: readonly string[]): boolean => texts.some(each => each.toLowerCase() === text.toLowerCase())
  return (condition.in === undefined || isOneOf(condition.in)) && !isOneOf(condition.notIn ?? [])
}
